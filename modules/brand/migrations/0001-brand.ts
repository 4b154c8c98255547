export const createBrand = `
  create table brand (
    id text primary key,
    name text not null,
    handle text not null,
    description text,
    website text,
    metadata jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create unique index brand_handle_unique on brand (handle) where deleted_at is null;`
