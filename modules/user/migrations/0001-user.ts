export const createUser = `
  create table "user" (
    id text primary key,
    first_name text,
    last_name text,
    email text not null,
    avatar_url text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index user_email_unique on "user" (email) where deleted_at is null;
  create index user_first_name_search on "user" using gin (first_name gin_trgm_ops);
  create index user_last_name_search on "user" using gin (last_name gin_trgm_ops);
  create index user_email_search on "user" using gin (email gin_trgm_ops);`
