import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, z } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import type { FieldsConfig } from '../../../framework/query.ts'
import { productFilterAliases } from '../../product-filter-aliases.ts'
import { pricingParams, shopScope, showsPrices } from '../../storefront.ts'
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './product-fields.ts'

const own = [
  ...['id', 'title', 'subtitle', 'description', 'handle', 'is_giftcard', 'discountable', 'thumbnail', 'collection_id'],
  ...['type_id', 'weight', 'length', 'height', 'width', 'hs_code', 'origin_country', 'mid_code', 'material'],
  ...['created_at', 'updated_at', '*type', '*collection', '*options', '*options.values', '*tags', '*images'],
  ...['*variants', '*variants.options', '*variants.options.option'],
]
const ofVariant = [
  ...['id', 'title', 'sku', 'barcode', 'ean', 'upc', 'allow_backorder', 'manage_inventory', 'variant_rank'],
  ...['product_id', 'thumbnail', 'hs_code', 'origin_country', 'mid_code', 'material', 'weight', 'length', 'height'],
  ...['width', 'created_at', 'updated_at', 'metadata', '*options', '*images', 'product.id', 'product.type_id'],
]

/** The same fields without and with calculated prices: those are part of the answer where a region is said. */
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
  scope: (c, params) => ({ ...shopScope(c, params), ...(showsPrices(c) && { config: withPrices }) }),
  missing: (id) => `Product with id: ${id} was not found`,
}

/** One product also says whether its categories are internal: in a shop none is. */
const categorised = (config: FieldsConfig) => ({ ...config, defaults: [...config.defaults, 'categories.is_internal'] })
const [onePlain, oneWithPrices] = [categorised(plain), categorised(withPrices)]
const oneProduct: Representation = {
  ...product,
  fields: onePlain,
  scope: (c, params) => ({ ...shopScope(c, params), ...(showsPrices(c) && { config: oneWithPrices }) }),
}

const [plainVariant, pricedVariant] = priced(
  { defaults: ofVariant, allowed: VARIANT_FIELDS, maxRelations: 3 },
  'calculated_price',
)
const variant: Representation = {
  entity: 'product_variant',
  one: 'variant',
  many: 'variants',
  fields: plainVariant,
  params: pricingParams,
  scope: (c, params) => ({
    ...shopScope(c, params),
    filters: { product: {} },
    ...(showsPrices(c) && { config: pricedVariant }),
  }),
}

const options = filter.related({ value: z.string(), option_id: z.string() })
const numbers = ['sku', 'ean', 'upc', 'barcode']

export const storeProducts = createRouter()
lists(storeProducts, product, {
  path: '/store/products',
  filters: {
    ...filter.texts('title', 'handle', 'external_id', 'collection_id', 'type_id', ...Object.keys(productFilterAliases)),
    is_giftcard: filter.flag(),
    variants: filter.related({ id: filter.text(), ...filter.texts(...numbers), options, ...filter.dates() }),
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
