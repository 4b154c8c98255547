/** The request bodies of products and variants. */
import { flag, metadata, some } from '../../../framework/http/fields.ts'
import { z } from '../../../framework/http/router.ts'
import { optionFields } from './product-options.ts'

const text = () => z.string().nullish()
const number = () => z.number().nullish()
const ids = () => some(z.object({ id: z.string() }))

const measures = {
  weight: number(),
  length: number(),
  height: number(),
  width: number(),
  hs_code: text(),
  mid_code: text(),
  origin_country: text(),
  material: text(),
}

const price = {
  currency_code: z.string().length(3),
  amount: z.number().min(0),
  min_quantity: number(),
  max_quantity: number(),
  rules: z.record(z.string(), z.string()).optional(),
}
export const NewPrice = z.object(price)
const PriceChange = z.object({ ...price, id: z.string().optional() }).partial({ amount: true, currency_code: true })

const variant = {
  sku: text(),
  ean: text(),
  upc: text(),
  barcode: text(),
  ...measures,
  variant_rank: z.number().int().optional(),
  metadata: metadata().optional(),
  options: z.record(z.string(), z.string()).optional(),
}

export const NewVariant = z
  .strictObject({
    ...variant,
    title: z.string(),
    allow_backorder: flag().default(false),
    manage_inventory: flag().default(true),
    prices: z.array(NewPrice).max(1000),
    inventory_items: z
      .array(z.object({ inventory_item_id: z.string(), required_quantity: z.number().min(0) }))
      .max(100)
      .optional(),
  })
  .openapi('NewProductVariant')

export const VariantChange = z
  .strictObject({
    ...variant,
    id: z.string().optional(),
    title: z.string().optional(),
    thumbnail: text(),
    allow_backorder: flag().optional(),
    manage_inventory: flag().optional(),
    prices: some(PriceChange),
  })
  .openapi('ProductVariantChange')

const NewOption = z.union([
  z.strictObject(optionFields),
  z.strictObject({ id: z.string(), value_ids: some(z.string()) }),
])

const OptionChange = z.object({
  id: z.string().optional(),
  title: z.string().optional(),
  values: some(z.string()),
})

const product = {
  subtitle: text(),
  description: text(),
  thumbnail: text(),
  handle: z.string().optional(),
  external_id: text(),
  type_id: text(),
  collection_id: text(),
  categories: ids(),
  tags: ids(),
  sales_channels: ids(),
  ...measures,
  metadata: metadata().optional(),
}
const status = z.enum(['draft', 'proposed', 'published', 'rejected'])

export const NewProduct = z
  .strictObject({
    ...product,
    title: z.string(),
    is_giftcard: flag().default(false),
    discountable: flag().default(true),
    status: status.nullish().transform((value) => value ?? 'draft'),
    images: some(z.object({ url: z.string() })),
    options: z.array(NewOption).max(100).optional(),
    variants: some(NewVariant),
    shipping_profile_id: z.string().optional(),
  })
  .openapi('NewProduct')

export const ProductChange = z
  .strictObject({
    ...product,
    title: z.string().optional(),
    is_giftcard: flag().optional(),
    discountable: flag().optional(),
    status: status.optional(),
    images: some(z.object({ id: z.string().optional(), url: z.string() })),
    options: z.array(OptionChange).max(100).optional(),
    option_ids: z.array(z.string()).max(100).optional(),
    variants: some(VariantChange),
    shipping_profile_id: z.string().nullish(),
  })
  .openapi('ProductChange')
