export const createFulfillment = `
  create table fulfillment_provider (
    id text primary key,
    is_enabled boolean not null default true,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );

  create table fulfillment_set (
    id text primary key,
    name text not null,
    type text not null,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index fulfillment_set_name_unique on fulfillment_set (name) where deleted_at is null;

  create table service_zone (
    id text primary key,
    name text not null,
    metadata jsonb,
    fulfillment_set_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index service_zone_name_unique on service_zone (name) where deleted_at is null;
  create index service_zone_fulfillment_set_id on service_zone (fulfillment_set_id);

  create table geo_zone (
    id text primary key,
    type text not null default 'country' check (type in ('country', 'province', 'city', 'zip')),
    country_code text not null,
    province_code text,
    city text,
    postal_expression jsonb,
    metadata jsonb,
    service_zone_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index geo_zone_service_zone_id on geo_zone (service_zone_id);
  create index geo_zone_country_code on geo_zone (country_code) where deleted_at is null;
  create index geo_zone_province_code on geo_zone (province_code) where deleted_at is null;
  create index geo_zone_city on geo_zone (city) where deleted_at is null;

  create table shipping_profile (
    id text primary key,
    name text not null,
    type text not null,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index shipping_profile_name_unique on shipping_profile (name) where deleted_at is null;

  create table shipping_option (
    id text primary key,
    name text not null,
    price_type text not null default 'flat' check (price_type in ('calculated', 'flat')),
    data jsonb,
    metadata jsonb,
    service_zone_id text not null,
    shipping_profile_id text,
    provider_id text,
    shipping_option_type_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index shipping_option_service_zone_id on shipping_option (service_zone_id);
  create index shipping_option_shipping_profile_id on shipping_option (shipping_profile_id);
  create index shipping_option_provider_id on shipping_option (provider_id);
  create index shipping_option_shipping_option_type_id on shipping_option (shipping_option_type_id);
  create index shipping_option_name_search on shipping_option using gin (name gin_trgm_ops);

  create table shipping_option_type (
    id text primary key,
    label text not null,
    description text,
    code text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index shipping_option_type_label_search on shipping_option_type using gin (label gin_trgm_ops);
  create index shipping_option_type_description_search on shipping_option_type using gin (description gin_trgm_ops);
  create index shipping_option_type_code_search on shipping_option_type using gin (code gin_trgm_ops);

  create table shipping_option_rule (
    id text primary key,
    attribute text not null,
    operator text not null check (operator in ('in', 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'nin')),
    value jsonb,
    shipping_option_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index shipping_option_rule_shipping_option_id on shipping_option_rule (shipping_option_id);

  alter table service_zone add constraint service_zone_fulfillment_set_id foreign key (fulfillment_set_id) references fulfillment_set (id) deferrable initially deferred;
  alter table geo_zone add constraint geo_zone_service_zone_id foreign key (service_zone_id) references service_zone (id) deferrable initially deferred;
  alter table shipping_option add constraint shipping_option_service_zone_id foreign key (service_zone_id) references service_zone (id) deferrable initially deferred;
  alter table shipping_option add constraint shipping_option_shipping_profile_id foreign key (shipping_profile_id) references shipping_profile (id) deferrable initially deferred;
  alter table shipping_option add constraint shipping_option_provider_id foreign key (provider_id) references fulfillment_provider (id) deferrable initially deferred;
  alter table shipping_option add constraint shipping_option_shipping_option_type_id foreign key (shipping_option_type_id) references shipping_option_type (id) deferrable initially deferred;
  alter table shipping_option_rule add constraint shipping_option_rule_shipping_option_id foreign key (shipping_option_id) references shipping_option (id) deferrable initially deferred;`
