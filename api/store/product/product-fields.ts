/** Which fields of products and variants a storefront can ask for (`http-semantics.md` 6.1). */

const of = (relation: string, names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => (relation ? `${relation}.${name}` : name))

/** Of a product. */
export const PRODUCT_FIELDS = [
  ...of(
    '',
    `
    id title subtitle description handle is_giftcard discountable thumbnail collection_id type_id weight
    length height width hs_code origin_country mid_code material created_at updated_at type collection
    options tags images variants metadata categories status external_id deleted_at`,
  ),
  ...of('options', `values id title is_exclusive`),
  ...of(
    'variants',
    `
    options calculated_price inventory_quantity manage_inventory allow_backorder images thumbnail
    inventory_items prices id title sku barcode ean upc hs_code origin_country mid_code material weight
    length height width created_at updated_at deleted_at`,
  ),
  ...of('variants.options', `option id value`),
  ...of('variants.inventory_items', `inventory_item_id required_quantity inventory`),
  ...of('variants.inventory_items.inventory', `location_levels`),
  ...of('options.values', `id value`),
  ...of('images', `id url rank`),
  ...of('type', `id value created_at updated_at`),
  ...of('tags', `id value created_at updated_at`),
  ...of('collection', `id title handle created_at updated_at deleted_at metadata`),
]

/** Of a variant. */
export const VARIANT_FIELDS = [
  ...of(
    '',
    `
    id title sku barcode ean upc allow_backorder manage_inventory variant_rank product_id thumbnail
    hs_code origin_country mid_code material weight length height width created_at updated_at metadata
    options images deleted_at calculated_price inventory_quantity`,
  ),
  ...of('product', `id type_id`),
  ...of('options', `id value`),
  ...of('images', `id url rank`),
]
