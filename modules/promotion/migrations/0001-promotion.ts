export const createPromotion = `
  create table promotion (
    id text primary key,
    code text not null,
    is_automatic boolean not null default false,
    is_tax_inclusive boolean not null default false,
    "limit" integer,
    used integer not null default 0,
    type text not null check (type in ('standard', 'buyget')),
    status text not null default 'draft' check (status in ('draft', 'active', 'inactive')),
    campaign_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index promotion_code_unique on promotion (code) where deleted_at is null;
  create index promotion_campaign_id on promotion (campaign_id);
  create index promotion_type on promotion (type) where deleted_at is null;
  create index promotion_status on promotion (status) where deleted_at is null;
  create index promotion_is_automatic on promotion (is_automatic) where deleted_at is null;
  create index promotion_code_search on promotion using gin (code gin_trgm_ops);

  create table promotion_application_method (
    id text primary key,
    value numeric,
    currency_code text,
    max_quantity integer,
    apply_to_quantity integer,
    buy_rules_min_quantity integer,
    type text not null check (type in ('fixed', 'percentage')),
    target_type text not null check (target_type in ('order', 'shipping_methods', 'items')),
    allocation text check (allocation in ('each', 'across', 'once')),
    promotion_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index promotion_application_method_promotion_id_unique on promotion_application_method (promotion_id) where deleted_at is null;
  create index promotion_application_method_currency_code on promotion_application_method (currency_code) where deleted_at is null;
  create index promotion_application_method_type on promotion_application_method (type) where deleted_at is null;
  create index promotion_application_method_target_type on promotion_application_method (target_type) where deleted_at is null;
  create index promotion_application_method_allocation on promotion_application_method (allocation) where deleted_at is null;

  create table promotion_rule (
    id text primary key,
    description text,
    attribute text not null,
    operator text not null check (operator in ('gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'in')),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index promotion_rule_attribute_operator on promotion_rule (attribute, operator) where deleted_at is null;
  create index promotion_rule_operator_attribute_id on promotion_rule (operator, attribute, id) where deleted_at is null;

  create table promotion_rule_value (
    id text primary key,
    value text not null,
    promotion_rule_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index promotion_rule_value_promotion_rule_id on promotion_rule_value (promotion_rule_id);
  create index promotion_rule_value_promotion_rule_id_value on promotion_rule_value (promotion_rule_id, value) where deleted_at is null;
  create index promotion_rule_value_value on promotion_rule_value (value) where deleted_at is null;

  create table promotion_promotion_rule (
    id text primary key,
    promotion_id text not null,
    promotion_rule_id text not null
  );
  create index promotion_promotion_rule_promotion_id on promotion_promotion_rule (promotion_id);
  create index promotion_promotion_rule_promotion_rule_id on promotion_promotion_rule (promotion_rule_id);

  create table application_method_target_rules (
    id text primary key,
    application_method_id text not null,
    promotion_rule_id text not null
  );
  create index application_method_target_rules_application_method_id on application_method_target_rules (application_method_id);
  create index application_method_target_rules_promotion_rule_id on application_method_target_rules (promotion_rule_id);

  create table application_method_buy_rules (
    id text primary key,
    application_method_id text not null,
    promotion_rule_id text not null
  );
  create index application_method_buy_rules_application_method_id on application_method_buy_rules (application_method_id);
  create index application_method_buy_rules_promotion_rule_id on application_method_buy_rules (promotion_rule_id);

  create table promotion_campaign (
    id text primary key,
    name text not null,
    description text,
    campaign_identifier text not null,
    starts_at timestamptz(3),
    ends_at timestamptz(3),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index promotion_campaign_campaign_identifier_unique on promotion_campaign (campaign_identifier) where deleted_at is null;
  create index promotion_campaign_name_search on promotion_campaign using gin (name gin_trgm_ops);
  create index promotion_campaign_description_search on promotion_campaign using gin (description gin_trgm_ops);

  create table promotion_campaign_budget (
    id text primary key,
    type text not null check (type in ('spend', 'usage', 'use_by_attribute', 'spend_by_attribute')),
    currency_code text,
    "limit" numeric,
    used numeric not null default 0,
    attribute text,
    campaign_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index promotion_campaign_budget_campaign_id_unique on promotion_campaign_budget (campaign_id) where deleted_at is null;
  create index promotion_campaign_budget_type on promotion_campaign_budget (type) where deleted_at is null;

  create table promotion_campaign_budget_usage (
    id text primary key,
    attribute_value text not null,
    used numeric not null default 0,
    budget_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index promotion_campaign_budget_usage_budget_id on promotion_campaign_budget_usage (budget_id);
  create unique index promotion_campaign_budget_usage_unique on promotion_campaign_budget_usage (attribute_value, budget_id) where deleted_at is null;

  create index promotion_application_method_promotion_id on promotion_application_method (promotion_id);
  create index promotion_campaign_budget_campaign_id on promotion_campaign_budget (campaign_id);

  alter table promotion add constraint promotion_campaign_id foreign key (campaign_id) references promotion_campaign (id) deferrable initially deferred;
  alter table promotion_application_method add constraint promotion_application_method_promotion_id foreign key (promotion_id) references promotion (id) deferrable initially deferred;
  alter table promotion_rule_value add constraint promotion_rule_value_promotion_rule_id foreign key (promotion_rule_id) references promotion_rule (id) deferrable initially deferred;
  alter table promotion_promotion_rule add constraint promotion_promotion_rule_promotion_id foreign key (promotion_id) references promotion (id) deferrable initially deferred;
  alter table promotion_promotion_rule add constraint promotion_promotion_rule_promotion_rule_id foreign key (promotion_rule_id) references promotion_rule (id) deferrable initially deferred;
  alter table application_method_target_rules add constraint application_method_target_rules_application_method_id foreign key (application_method_id) references promotion_application_method (id) deferrable initially deferred;
  alter table application_method_target_rules add constraint application_method_target_rules_promotion_rule_id foreign key (promotion_rule_id) references promotion_rule (id) deferrable initially deferred;
  alter table application_method_buy_rules add constraint application_method_buy_rules_application_method_id foreign key (application_method_id) references promotion_application_method (id) deferrable initially deferred;
  alter table application_method_buy_rules add constraint application_method_buy_rules_promotion_rule_id foreign key (promotion_rule_id) references promotion_rule (id) deferrable initially deferred;
  alter table promotion_campaign_budget add constraint promotion_campaign_budget_campaign_id foreign key (campaign_id) references promotion_campaign (id) deferrable initially deferred;
  alter table promotion_campaign_budget_usage add constraint promotion_campaign_budget_usage_budget_id foreign key (budget_id) references promotion_campaign_budget (id) deferrable initially deferred;`
