export const createStore = `
  create table store (
    id text primary key,
    name text not null default 'Turritopsis Store',
    default_sales_channel_id text,
    default_region_id text,
    default_location_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index store_name_search on store using gin (name gin_trgm_ops);

  create table store_currency (
    id text primary key,
    currency_code text not null,
    is_default boolean not null default false,
    store_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index store_currency_store_id on store_currency (store_id);
  create unique index store_currency_store_id_currency_code_unique on store_currency (store_id, currency_code) where deleted_at is null;
  create unique index store_currency_store_id_unique on store_currency (store_id) where deleted_at is null and is_default;
  create index store_currency_currency_code_search on store_currency using gin (currency_code gin_trgm_ops);

  create table store_locale (
    id text primary key,
    locale_code text not null,
    store_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index store_locale_store_id on store_locale (store_id);
  create unique index store_locale_store_id_locale_code_unique on store_locale (store_id, locale_code) where deleted_at is null;
  create index store_locale_locale_code_search on store_locale using gin (locale_code gin_trgm_ops);

  alter table store_currency add constraint store_currency_store_id foreign key (store_id) references store (id) deferrable initially deferred;
  alter table store_locale add constraint store_locale_store_id foreign key (store_id) references store (id) deferrable initially deferred;`
