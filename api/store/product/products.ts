import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, z } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import type { FieldsConfig } from '../../../framework/query.ts'
import { productFilterAliases } from '../../product-filter-aliases.ts'
import { pricingParams, productScope, showsPrices } from '../../storefront.ts'
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './product-fields.ts'

const own = [
  ...['id', 'title', 'subtitle', 'description', 'handle', 'is_giftcard', 'discountable', 'thumbnail', 'collection_id'],
  ...['type_id', 'weight', 'length', 'height', 'width', 'hs_code', 'origin_country', 'mid_code', 'material'],
  ...['created_at', 'updated_at', '*type', '*collection', '*options', '*options.values', '*tags', '*images'],
  ...['*variants', '*variants.options', '*variants.options.option'],
]
const variantFields = [
  ...['id', 'title', 'sku', 'barcode', 'ean', 'upc', 'allow_backorder', 'manage_inventory', 'variant_rank'],
  ...['product_id', 'thumbnail', 'hs_code', 'origin_country', 'mid_code', 'material', 'weight', 'length', 'height'],
  ...['width', 'created_at', 'updated_at', 'metadata', '*options', '*images', 'product.id', 'product.type_id'],
]

/** The fields without and with calculated prices; these are returned by default if the request has a region. */
const priced = (config: FieldsConfig, price: string) =>
  [config, { ...config, defaults: [...config.defaults, price] }] as const

const [plain, withPrices] = priced(
  { defaults: own, allowed: PRODUCT_FIELDS, maxRelations: 4 },
  'variants.calculated_price',
)
const product: Representation = {
  entity: 'product',
  one: 'product',
  many: 'products',
  fields: plain,
  params: pricingParams,
  scope: (c, params) => ({ ...productScope(c, params), ...(showsPrices(c) && { config: withPrices }) }),
  missing: (id) => `Product with id: ${id} was not found`,
}

/** Retrieving one product also returns `categories.is_internal`, which is always false in the Store API. */
const withCategories = (config: FieldsConfig) => ({
  ...config,
  defaults: [...config.defaults, 'categories.is_internal'],
})
const [onePlain, oneWithPrices] = [withCategories(plain), withCategories(withPrices)]
const oneProduct: Representation = {
  ...product,
  fields: onePlain,
  scope: (c, params) => ({ ...productScope(c, params), ...(showsPrices(c) && { config: oneWithPrices }) }),
}

const [plainVariant, pricedVariant] = priced(
  { defaults: variantFields, allowed: VARIANT_FIELDS, maxRelations: 3 },
  'calculated_price',
)
const variant: Representation = {
  entity: 'product_variant',
  one: 'variant',
  many: 'variants',
  fields: plainVariant,
  params: pricingParams,
  scope: (c, params) => ({
    ...productScope(c, params),
    filters: { product: {} },
    ...(showsPrices(c) && { config: pricedVariant }),
  }),
}

const options = filter.related({ value: z.string(), option_id: z.string() })
const productCodes = ['sku', 'ean', 'upc', 'barcode']

export const storeProducts = createRouter()
lists(storeProducts, product, {
  path: '/store/products',
  filters: {
    ...filter.texts('title', 'handle', 'external_id', 'collection_id', 'type_id', ...Object.keys(productFilterAliases)),
    is_giftcard: filter.flag(),
    variants: filter.related({ id: filter.text(), ...filter.texts(...productCodes), options, ...filter.dates() }),
    ...filter.dates(),
  },
  filterAliases: productFilterAliases,
})
retrieves(storeProducts, oneProduct, { path: '/store/products/{id}' })
lists(storeProducts, variant, {
  path: '/store/product-variants',
  limit: 20,
  filters: {
    ...filter.texts('sku', 'product_id'),
    options,
    allow_backorder: filter.flag(),
    manage_inventory: filter.flag(),
    ...filter.dates(),
  },
})
retrieves(storeProducts, variant, { path: '/store/product-variants/{id}' })
