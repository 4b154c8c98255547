export const createSalesChannel = `
  create table sales_channel (
    id text primary key,
    name text not null,
    description text,
    is_disabled boolean not null default false,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index sales_channel_name_search on sales_channel using gin (name gin_trgm_ops);
  create index sales_channel_description_search on sales_channel using gin (description gin_trgm_ops);`
