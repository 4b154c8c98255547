/** Times as everywhere else: to the millisecond, which is what answers show. */
export const brandMilliseconds = `
  alter table brand alter created_at type timestamptz(3), alter updated_at type timestamptz(3), alter deleted_at type timestamptz(3);`
