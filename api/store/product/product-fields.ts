/** The fields of products and variants that a storefront can select. */

const fieldsOf = (relation: string, names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => (relation ? `${relation}.${name}` : name))

export const PRODUCT_FIELDS = [
  ...fieldsOf(
    '',
    `
    id title subtitle description handle is_giftcard discountable thumbnail collection_id type_id weight
    length height width hs_code origin_country mid_code material created_at updated_at type collection
    options tags images variants metadata categories status external_id deleted_at`,
  ),
  ...fieldsOf('options', `values id title is_exclusive`),
  ...fieldsOf(
    'variants',
    `
    options calculated_price inventory_quantity manage_inventory allow_backorder images thumbnail
    inventory_items prices id title sku barcode ean upc hs_code origin_country mid_code material weight
    length height width created_at updated_at deleted_at`,
  ),
  ...fieldsOf('variants.options', `option id value`),
  ...fieldsOf('variants.inventory_items', `inventory_item_id required_quantity inventory`),
  ...fieldsOf('variants.inventory_items.inventory', `location_levels`),
  ...fieldsOf('options.values', `id value`),
  ...fieldsOf('images', `id url rank`),
  ...fieldsOf('type', `id value created_at updated_at`),
  ...fieldsOf('tags', `id value created_at updated_at`),
  ...fieldsOf('collection', `id title handle created_at updated_at deleted_at metadata`),
]

export const VARIANT_FIELDS = [
  ...fieldsOf(
    '',
    `
    id title sku barcode ean upc allow_backorder manage_inventory variant_rank product_id thumbnail
    hs_code origin_country mid_code material weight length height width created_at updated_at metadata
    options images deleted_at calculated_price inventory_quantity`,
  ),
  ...fieldsOf('product', `id type_id`),
  ...fieldsOf('options', `id value`),
  ...fieldsOf('images', `id url rank`),
]
