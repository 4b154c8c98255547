export const createAuth = `
  create table auth_identity (
    id text primary key,
    app_metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );

  create table provider_identity (
    id text primary key,
    entity_id text not null,
    provider text not null,
    auth_identity_id text not null,
    user_metadata jsonb,
    provider_metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index provider_identity_auth_identity_id on provider_identity (auth_identity_id);
  create unique index provider_identity_entity_id_provider_unique on provider_identity (entity_id, provider) where deleted_at is null;

  alter table provider_identity add constraint provider_identity_auth_identity_id foreign key (auth_identity_id) references auth_identity (id) deferrable initially deferred;`
