export const createBrandCollection = `
  create table brand_collection (
    id text primary key,
    title text not null,
    handle text not null,
    cms_page_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index brand_collection_handle_unique on brand_collection (handle) where deleted_at is null;`
