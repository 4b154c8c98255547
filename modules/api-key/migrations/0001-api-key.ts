export const createApiKey = `
  create table api_key (
    id text primary key,
    token text,
    digest text,
    redacted text not null,
    title text not null,
    type text not null check (type in ('publishable', 'secret')),
    last_used_at timestamptz(3),
    created_by text not null,
    revoked_by text,
    revoked_at timestamptz(3),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index api_key_token_unique on api_key (token) where deleted_at is null;
  create unique index api_key_digest_unique on api_key (digest) where deleted_at is null;
  create index api_key_revoked_at on api_key (revoked_at) where deleted_at is null;
  create index api_key_redacted on api_key (redacted) where deleted_at is null;
  create index api_key_type on api_key (type) where deleted_at is null;
  create index api_key_redacted_search on api_key using gin (redacted gin_trgm_ops);
  create index api_key_title_search on api_key using gin (title gin_trgm_ops);`
