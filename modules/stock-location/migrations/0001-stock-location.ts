export const createStockLocation = `
  create table stock_location (
    id text primary key,
    name text not null,
    metadata jsonb,
    address_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index stock_location_address_id on stock_location (address_id);
  create index stock_location_name_search on stock_location using gin (name gin_trgm_ops);

  create table stock_location_address (
    id text primary key,
    address_1 text not null,
    address_2 text,
    company text,
    city text,
    country_code text not null,
    phone text,
    province text,
    postal_code text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index stock_location_address_address_1_search on stock_location_address using gin (address_1 gin_trgm_ops);
  create index stock_location_address_address_2_search on stock_location_address using gin (address_2 gin_trgm_ops);
  create index stock_location_address_city_search on stock_location_address using gin (city gin_trgm_ops);
  create index stock_location_address_country_code_search on stock_location_address using gin (country_code gin_trgm_ops);
  create index stock_location_address_province_search on stock_location_address using gin (province gin_trgm_ops);
  create index stock_location_address_postal_code_search on stock_location_address using gin (postal_code gin_trgm_ops);

  alter table stock_location add constraint stock_location_address_id foreign key (address_id) references stock_location_address (id) deferrable initially deferred;`
