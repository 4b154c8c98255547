export const createRegion = `
  create table region (
    id text primary key,
    name text not null,
    currency_code text not null,
    automatic_taxes boolean not null default true,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index region_name_search on region using gin (name gin_trgm_ops);
  create index region_currency_code_search on region using gin (currency_code gin_trgm_ops);

  create table region_country (
    id text primary key generated always as (iso_2) stored,
    iso_2 text not null,
    iso_3 text not null,
    num_code text not null,
    name text not null,
    display_name text not null,
    region_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index region_country_region_id on region_country (region_id);
  create index region_country_iso_2_search on region_country using gin (iso_2 gin_trgm_ops);
  create index region_country_name_search on region_country using gin (name gin_trgm_ops);

  alter table region_country add constraint region_country_region_id foreign key (region_id) references region (id) deferrable initially deferred;`
