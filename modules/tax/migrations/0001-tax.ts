export const createTax = `
  create table tax_provider (
    id text primary key,
    is_enabled boolean not null default true,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );

  create table tax_region (
    id text primary key,
    country_code text not null,
    province_code text,
    metadata jsonb,
    created_by text,
    provider_id text,
    parent_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3),
    constraint tax_region_province_has_parent check ((parent_id is null) = (province_code is null)),
    constraint tax_region_country_has_provider check (parent_id is null or provider_id is null)
  );
  create index tax_region_provider_id on tax_region (provider_id);
  create index tax_region_parent_id on tax_region (parent_id);
  create unique index tax_region_country_code_province_code_unique on tax_region (country_code, province_code) where deleted_at is null;
  create unique index tax_region_country_code_unique on tax_region (country_code) where deleted_at is null and province_code is null;
  create index tax_region_country_code_search on tax_region using gin (country_code gin_trgm_ops);
  create index tax_region_province_code_search on tax_region using gin (province_code gin_trgm_ops);

  create table tax_rate (
    id text primary key,
    rate double precision,
    code text not null,
    name text not null,
    is_default boolean not null default false,
    is_combinable boolean not null default false,
    tax_region_id text not null,
    metadata jsonb,
    created_by text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index tax_rate_tax_region_id on tax_rate (tax_region_id);
  create unique index tax_rate_tax_region_id_unique on tax_rate (tax_region_id) where deleted_at is null and is_default;
  create index tax_rate_code_search on tax_rate using gin (code gin_trgm_ops);
  create index tax_rate_name_search on tax_rate using gin (name gin_trgm_ops);

  create table tax_rate_rule (
    id text primary key,
    metadata jsonb,
    created_by text,
    tax_rate_id text not null,
    reference text not null,
    reference_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index tax_rate_rule_tax_rate_id on tax_rate_rule (tax_rate_id);
  create index tax_rate_rule_reference_id on tax_rate_rule (reference_id) where deleted_at is null;
  create unique index tax_rate_rule_tax_rate_id_reference_id_unique on tax_rate_rule (tax_rate_id, reference_id) where deleted_at is null;

  alter table tax_region add constraint tax_region_provider_id foreign key (provider_id) references tax_provider (id) deferrable initially deferred;
  alter table tax_region add constraint tax_region_parent_id foreign key (parent_id) references tax_region (id) deferrable initially deferred;
  alter table tax_rate add constraint tax_rate_tax_region_id foreign key (tax_region_id) references tax_region (id) deferrable initially deferred;
  alter table tax_rate_rule add constraint tax_rate_rule_tax_rate_id foreign key (tax_rate_id) references tax_rate (id) deferrable initially deferred;`
