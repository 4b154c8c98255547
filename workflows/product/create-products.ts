import { ALL, emitIds, newId } from '../../framework/workflow/index.ts'
import { type KnownOption, newProducts, type ProductInput } from '../../modules/product/rules/new-products.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { read, together } from '../steps.ts'
import { productsCreated, productVariantsCreated } from './hooks.ts'
import { addVariantParts, type NewVariant, ownPart } from './variant-parts.ts'

export interface NewProduct extends Omit<ProductInput, 'variants'> {
  variants?: NewVariant[] | undefined
  sales_channels?: { id: string }[] | undefined
  shipping_profile_id?: string | null | undefined
}

export interface CreateProductsInput extends WithAdditionalData {
  products: NewProduct[]
}

/** Adds products with their variants, prices, items in stock and links: all of it, or nothing. One step, however many they are. */
export async function createProducts({ products, additional_data }: CreateProductsInput): Promise<{ id: string }[]> {
  const rows = newProducts(products.map(ownPartOf), await givenOptions(products), newId)
  const given = products.flatMap(({ variants = [] }) => variants)
  const placed = placesOf(rows.products, products)
  emitIds('product.created', rows.products)
  emitIds('product-variant.created', rows.variants)
  await together((write) => {
    write.createProducts(rows) // first: a handle or SKU that is taken is refused as a product's, not as an item's in stock
    const { exist, changes } = addVariantParts(write, rows.variants, given)
    write.changeLinks({ exist: { ...exist, ...placed.exist }, changes: [...changes, ...placed.changes] })
  })
  const [created, variants] = [idsOf(rows.products), idsOf(rows.variants)]
  if (variants.length > 0) await productVariantsCreated({ product_variants: variants, additional_data })
  await productsCreated({ products: created, additional_data })
  return created
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => ({ id }))

function ownPartOf({ sales_channels: _, shipping_profile_id: __, variants = [], ...own }: NewProduct): ProductInput {
  return { ...own, variants: variants.map(ownPart) }
}

/** Where products are sold, and how they are shipped. */
function placesOf(rows: { id: string }[], products: NewProduct[]) {
  const channels = products.flatMap(({ sales_channels = [] }, i) =>
    sales_channels.map((channel) => ({ product_id: rows[i]!.id, sales_channel_id: channel.id })),
  )
  const profiles = products.flatMap(({ shipping_profile_id }, i) =>
    shipping_profile_id ? [{ product_id: rows[i]!.id, shipping_profile_id }] : [],
  )
  return {
    exist: {
      sales_channel: [...new Set(channels.map(({ sales_channel_id }) => sales_channel_id))],
      shipping_profile: [...new Set(profiles.map(({ shipping_profile_id }) => shipping_profile_id))],
    },
    changes: [
      { link: 'product_sales_channel', add: channels },
      { link: 'product_shipping_profile', add: profiles },
    ],
  }
}

/** The options that products share; asked for only where there are any. */
async function givenOptions(products: NewProduct[]): Promise<KnownOption[]> {
  const ids = products.flatMap(({ options = [] }) => options.flatMap((one) => ('id' in one ? [one.id] : [])))
  if (ids.length === 0) return []
  const fields = ['id', 'title', 'is_exclusive', 'values.id', 'values.value']
  const { rows } = await read.query<KnownOption>('product_option', { fields, filters: { id: ids }, limit: ALL })
  return rows
}
