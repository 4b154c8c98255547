export const createPayment = `
  create table payment_provider (
    id text primary key,
    is_enabled boolean not null default true,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );`
