export const createInventory = `
  create table inventory_item (
    id text primary key,
    sku text,
    origin_country text,
    hs_code text,
    mid_code text,
    material text,
    unit_of_measure text,
    weight double precision,
    length double precision,
    height double precision,
    width double precision,
    requires_shipping boolean not null default true,
    description text,
    title text,
    thumbnail text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index inventory_item_sku_unique on inventory_item (sku) where deleted_at is null;
  create index inventory_item_sku_search on inventory_item using gin (sku gin_trgm_ops);
  create index inventory_item_hs_code_search on inventory_item using gin (hs_code gin_trgm_ops);
  create index inventory_item_mid_code_search on inventory_item using gin (mid_code gin_trgm_ops);
  create index inventory_item_description_search on inventory_item using gin (description gin_trgm_ops);
  create index inventory_item_title_search on inventory_item using gin (title gin_trgm_ops);

  create table inventory_level (
    id text primary key,
    location_id text not null,
    stocked_quantity numeric not null default 0,
    reserved_quantity numeric not null default 0,
    incoming_quantity numeric not null default 0,
    metadata jsonb,
    inventory_item_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index inventory_level_inventory_item_id on inventory_level (inventory_item_id);
  create unique index inventory_level_inventory_item_id_location_id_unique on inventory_level (inventory_item_id, location_id) where deleted_at is null;
  create index inventory_level_location_id on inventory_level (location_id) where deleted_at is null;

  create table reservation_item (
    id text primary key,
    line_item_id text,
    allow_backorder boolean not null default false,
    location_id text not null,
    quantity numeric not null,
    external_id text,
    description text,
    created_by text,
    metadata jsonb,
    inventory_item_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index reservation_item_inventory_item_id on reservation_item (inventory_item_id);
  create index reservation_item_line_item_id on reservation_item (line_item_id) where deleted_at is null;
  create index reservation_item_location_id on reservation_item (location_id) where deleted_at is null;
  create index reservation_item_description_search on reservation_item using gin (description gin_trgm_ops);

  alter table inventory_level add constraint inventory_level_inventory_item_id foreign key (inventory_item_id) references inventory_item (id) deferrable initially deferred;
  alter table reservation_item add constraint reservation_item_inventory_item_id foreign key (inventory_item_id) references inventory_item (id) deferrable initially deferred;`
