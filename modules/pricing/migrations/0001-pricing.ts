/** The index `price_of_set` yields the best price of a set outside of price lists first (`links/calculated-price.ts`). */
export const createPricing = `
  create table price_set (
    id text primary key,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );

  create table price (
    id text primary key,
    title text,
    currency_code text not null,
    amount numeric not null,
    min_quantity numeric,
    max_quantity numeric,
    rules_count integer not null default 0,
    price_set_id text not null,
    price_list_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index price_of_set on price (price_set_id, currency_code, price_list_id, rules_count desc, amount, id)
    include (min_quantity, max_quantity) where deleted_at is null;
  create index price_price_list_id on price (price_list_id);

  create table price_rule (
    id text primary key,
    attribute text not null,
    value text not null,
    operator text not null default 'eq' check (operator in ('gte', 'lte', 'gt', 'lt', 'eq')),
    priority integer not null default 0,
    price_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index price_rule_price_id_attribute_operator_unique on price_rule (price_id, attribute, operator) include (value) where deleted_at is null;

  create table price_list (
    id text primary key,
    title text not null,
    description text not null,
    status text not null default 'draft' check (status in ('active', 'draft')),
    type text not null default 'sale' check (type in ('sale', 'override')),
    starts_at timestamptz(3),
    ends_at timestamptz(3),
    rules_count integer not null default 0,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index price_list_title_search on price_list using gin (title gin_trgm_ops);
  create index price_list_description_search on price_list using gin (description gin_trgm_ops);

  create table price_list_rule (
    id text primary key,
    attribute text not null,
    value jsonb,
    price_list_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index price_list_rule_price_list_id_attribute_unique on price_list_rule (price_list_id, attribute) where deleted_at is null;

  create table price_preference (
    id text primary key,
    attribute text not null,
    value text,
    is_tax_inclusive boolean not null default false,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index price_preference_attribute_value_unique on price_preference (attribute, value) where deleted_at is null;

  create index price_price_set_id on price (price_set_id);
  create index price_rule_price_id on price_rule (price_id);
  create index price_list_rule_price_list_id on price_list_rule (price_list_id);

  alter table price add constraint price_price_set_id foreign key (price_set_id) references price_set (id) deferrable initially deferred;
  alter table price add constraint price_price_list_id foreign key (price_list_id) references price_list (id) deferrable initially deferred;
  alter table price_rule add constraint price_rule_price_id foreign key (price_id) references price (id) deferrable initially deferred;
  alter table price_list_rule add constraint price_list_rule_price_list_id foreign key (price_list_id) references price_list (id) deferrable initially deferred;`
