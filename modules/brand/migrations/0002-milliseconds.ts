/** Timestamps with milliseconds, the precision of the API. */
export const brandMilliseconds = `
  alter table brand alter created_at type timestamptz(3), alter updated_at type timestamptz(3), alter deleted_at type timestamptz(3);`
