export const endedSessions = `
  create table ended_session (
    id text primary key,
    ends_at timestamptz(3) not null
  );`
