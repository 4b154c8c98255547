export const createProduct = `
  create table product (
    id text primary key,
    title text not null,
    handle text not null,
    subtitle text,
    description text,
    is_giftcard boolean not null default false,
    status text not null default 'draft' check (status in ('draft', 'proposed', 'published', 'rejected')),
    thumbnail text,
    weight double precision,
    length double precision,
    height double precision,
    width double precision,
    hs_code text,
    origin_country text,
    mid_code text,
    material text,
    discountable boolean not null default true,
    external_id text,
    type_id text,
    collection_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_handle_unique on product (handle) where deleted_at is null;
  create index product_type_id on product (type_id);
  create index product_collection_id on product (collection_id);
  create index product_status on product (status) where deleted_at is null;
  create index product_title_search on product using gin (title gin_trgm_ops);
  create index product_subtitle_search on product using gin (subtitle gin_trgm_ops);
  create index product_description_search on product using gin (description gin_trgm_ops);

  create table product_variant (
    id text primary key,
    title text not null,
    sku text,
    barcode text,
    ean text,
    upc text,
    allow_backorder boolean not null default false,
    manage_inventory boolean not null default true,
    weight double precision,
    length double precision,
    height double precision,
    width double precision,
    hs_code text,
    origin_country text,
    mid_code text,
    material text,
    metadata jsonb,
    variant_rank integer default 0,
    thumbnail text,
    product_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_variant_sku_unique on product_variant (sku) where deleted_at is null;
  create unique index product_variant_barcode_unique on product_variant (barcode) where deleted_at is null;
  create unique index product_variant_ean_unique on product_variant (ean) where deleted_at is null;
  create unique index product_variant_upc_unique on product_variant (upc) where deleted_at is null;
  create index product_variant_product_id on product_variant (product_id);
  create index product_variant_title_search on product_variant using gin (title gin_trgm_ops);
  create index product_variant_sku_search on product_variant using gin (sku gin_trgm_ops);
  create index product_variant_barcode_search on product_variant using gin (barcode gin_trgm_ops);
  create index product_variant_ean_search on product_variant using gin (ean gin_trgm_ops);
  create index product_variant_upc_search on product_variant using gin (upc gin_trgm_ops);

  create table product_option (
    id text primary key,
    title text not null,
    is_exclusive boolean not null default false,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_option_title_unique on product_option (title) where deleted_at is null and not is_exclusive;
  create index product_option_title_search on product_option using gin (title gin_trgm_ops);

  create table product_option_value (
    id text primary key,
    value text not null,
    rank integer,
    metadata jsonb,
    option_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index product_option_value_option_id on product_option_value (option_id);
  create unique index product_option_value_option_id_value_unique on product_option_value (option_id, value) where deleted_at is null;
  create index product_option_value_value_search on product_option_value using gin (value gin_trgm_ops);

  create table product_product_option (
    id text primary key,
    product_id text not null,
    product_option_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index product_product_option_product_id on product_product_option (product_id);
  create index product_product_option_product_option_id on product_product_option (product_option_id);
  create unique index product_product_option_product_id_product_option_id_unique on product_product_option (product_id, product_option_id) where deleted_at is null;

  create table product_product_option_value (
    id text primary key,
    product_product_option_id text not null,
    product_option_value_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index product_product_option_value_product_product_option_id on product_product_option_value (product_product_option_id);
  create index product_product_option_value_product_option_value_id on product_product_option_value (product_option_value_id);
  create unique index product_product_option_value_product_product_option_id_product_option_value_id_unique on product_product_option_value (product_product_option_id, product_option_value_id) where deleted_at is null;

  create table product_variant_option (
    id text primary key,
    variant_id text not null,
    option_value_id text not null
  );
  create index product_variant_option_variant_id on product_variant_option (variant_id);
  create index product_variant_option_option_value_id on product_variant_option (option_value_id);
  create unique index product_variant_option_variant_id_option_value_id_unique on product_variant_option (variant_id, option_value_id);

  create table image (
    id text primary key,
    url text not null,
    metadata jsonb,
    rank integer not null default 0,
    product_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index image_product_id on image (product_id);

  create table product_variant_product_image (
    id text primary key,
    variant_id text not null,
    image_id text not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create index product_variant_product_image_variant_id on product_variant_product_image (variant_id);
  create index product_variant_product_image_image_id on product_variant_product_image (image_id);
  create unique index product_variant_product_image_variant_id_image_id_unique on product_variant_product_image (variant_id, image_id) where deleted_at is null;

  create table product_tag (
    id text primary key,
    value text not null,
    external_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_tag_value_unique on product_tag (value) where deleted_at is null;
  create index product_tag_value_search on product_tag using gin (value gin_trgm_ops);

  create table product_tags (
    id text primary key,
    product_id text not null,
    product_tag_id text not null
  );
  create index product_tags_product_id on product_tags (product_id);
  create index product_tags_product_tag_id on product_tags (product_tag_id);
  create unique index product_tags_product_id_product_tag_id_unique on product_tags (product_id, product_tag_id);

  create table product_type (
    id text primary key,
    value text not null,
    external_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_type_value_unique on product_type (value) where deleted_at is null;
  create index product_type_value_search on product_type using gin (value gin_trgm_ops);

  create table product_collection (
    id text primary key,
    title text not null,
    handle text not null,
    external_id text,
    metadata jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_collection_handle_unique on product_collection (handle) where deleted_at is null;
  create index product_collection_title_search on product_collection using gin (title gin_trgm_ops);

  create table product_category (
    id text primary key,
    name text not null,
    description text not null default '',
    handle text not null,
    mpath text not null,
    is_active boolean not null default false,
    is_internal boolean not null default false,
    rank integer not null default 0,
    external_id text,
    metadata jsonb,
    parent_category_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
  );
  create unique index product_category_handle_unique on product_category (handle) where deleted_at is null;
  create index product_category_parent_category_id on product_category (parent_category_id);
  create index product_category_mpath on product_category (mpath) where deleted_at is null;
  create index product_category_name_search on product_category using gin (name gin_trgm_ops);
  create index product_category_description_search on product_category using gin (description gin_trgm_ops);
  create index product_category_handle_search on product_category using gin (handle gin_trgm_ops);

  create table product_category_product (
    id text primary key,
    product_id text not null,
    product_category_id text not null
  );
  create index product_category_product_product_id on product_category_product (product_id);
  create index product_category_product_product_category_id on product_category_product (product_category_id);
  create unique index product_category_product_product_id_product_category_id_unique on product_category_product (product_id, product_category_id);

  alter table product add constraint product_type_id foreign key (type_id) references product_type (id) deferrable initially deferred;
  alter table product add constraint product_collection_id foreign key (collection_id) references product_collection (id) deferrable initially deferred;
  alter table product_variant add constraint product_variant_product_id foreign key (product_id) references product (id) deferrable initially deferred;
  alter table product_option_value add constraint product_option_value_option_id foreign key (option_id) references product_option (id) deferrable initially deferred;
  alter table product_product_option add constraint product_product_option_product_id foreign key (product_id) references product (id) deferrable initially deferred;
  alter table product_product_option add constraint product_product_option_product_option_id foreign key (product_option_id) references product_option (id) deferrable initially deferred;
  alter table product_product_option_value add constraint product_product_option_value_product_product_option_id foreign key (product_product_option_id) references product_product_option (id) deferrable initially deferred;
  alter table product_product_option_value add constraint product_product_option_value_product_option_value_id foreign key (product_option_value_id) references product_option_value (id) deferrable initially deferred;
  alter table product_variant_option add constraint product_variant_option_variant_id foreign key (variant_id) references product_variant (id) deferrable initially deferred;
  alter table product_variant_option add constraint product_variant_option_option_value_id foreign key (option_value_id) references product_option_value (id) deferrable initially deferred;
  alter table image add constraint image_product_id foreign key (product_id) references product (id) deferrable initially deferred;
  alter table product_variant_product_image add constraint product_variant_product_image_variant_id foreign key (variant_id) references product_variant (id) deferrable initially deferred;
  alter table product_variant_product_image add constraint product_variant_product_image_image_id foreign key (image_id) references image (id) deferrable initially deferred;
  alter table product_tags add constraint product_tags_product_id foreign key (product_id) references product (id) deferrable initially deferred;
  alter table product_tags add constraint product_tags_product_tag_id foreign key (product_tag_id) references product_tag (id) deferrable initially deferred;
  alter table product_category add constraint product_category_parent_category_id foreign key (parent_category_id) references product_category (id) deferrable initially deferred;
  alter table product_category_product add constraint product_category_product_product_id foreign key (product_id) references product (id) deferrable initially deferred;
  alter table product_category_product add constraint product_category_product_product_category_id foreign key (product_category_id) references product_category (id) deferrable initially deferred;`
