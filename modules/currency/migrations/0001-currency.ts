export const createCurrency = `
  create table currency (
    id text primary key generated always as (code) stored,
    code text not null,
    symbol text not null,
    symbol_native text not null,
    name text not null,
    decimal_digits integer not null default 0,
    rounding numeric not null default 0,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index currency_code_search on currency using gin (code gin_trgm_ops);
  create index currency_name_search on currency using gin (name gin_trgm_ops);`
