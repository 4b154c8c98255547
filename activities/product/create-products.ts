/** Creates products with their variants, prices, inventory items and links. */
import { lockExisting } from '../../framework/activities/facts.ts'
import type { LinkChange } from '../../framework/link/service.ts'
import type { ServicesOf } from '../../framework/model/module.ts'
import type { Query } from '../../framework/query.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import {
  type KnownOption,
  newProducts,
  type ProductInput,
  type ProductRows,
} from '../../modules/product/rules/new-products.ts'
import { shape } from '../../query/shape.ts'
import { NO_ORPHANS } from './variant-facts.ts'
import { type catalogue, type VariantPartRows, variantPartRows, writeVariantParts } from './variant-parts.ts'
import { inventoryItemsOf, type NewVariant, variantFields } from './variants.ts'

export interface NewProduct extends Omit<ProductInput, 'variants'> {
  variants?: NewVariant[] | undefined
  sales_channels?: { id: string }[] | undefined
  shipping_profile_id?: string | null | undefined
}

const variantsIn = (products: readonly NewProduct[]) => products.flatMap(({ variants = [] }) => variants)

const SharedOption = shape('product_option', {
  id: true,
  title: true,
  is_exclusive: true,
  values: [{ id: true, value: true }],
})

/** The existing options of products. Locks all rows that products refer to until the step ends. */
export async function createdProductFacts(query: Query, products: NewProduct[]): Promise<KnownOption[]> {
  const options = products.flatMap(({ options = [] }) => options.flatMap((one) => ('id' in one ? [one.id] : [])))
  await query.lock({ product_option: options }, 'share')
  await lockExisting(query, {
    inventory_item: inventoryItemsOf(variantsIn(products)),
    sales_channel: products.flatMap(({ sales_channels = [] }) => sales_channels.map(({ id }) => id)),
    shipping_profile: products.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
  })
  return query.find(SharedOption, { id: options })
}

export interface CreatedProducts {
  rows: ProductRows
  parts: VariantPartRows
  productLinks: LinkChange[]
}

export function createdProducts(options: KnownOption[], products: NewProduct[], newId: MakeId): CreatedProducts {
  const rows = newProducts(products.map(productFields), options, newId)
  const variants = { rows: rows.variants, inputs: variantsIn(products) }
  const parts = variantPartRows(variants, { parts: new Map(), deleted: NO_ORPHANS }, newId)
  return { rows, parts, productLinks: channelAndProfileLinks(rows.products, products) }
}

function productFields({
  sales_channels: _,
  shipping_profile_id: __,
  variants = [],
  ...own
}: NewProduct): ProductInput {
  return { ...own, variants: variants.map(variantFields) }
}

/** The sales channels and shipping profiles of products. */
function channelAndProfileLinks(rows: { id: string }[], products: NewProduct[]): LinkChange[] {
  const channels = products.flatMap(({ sales_channels = [] }, i) =>
    sales_channels.map((channel) => ({ product_id: rows[i]!.id, sales_channel_id: channel.id })),
  )
  const profiles = products.flatMap(({ shipping_profile_id }, i) =>
    shipping_profile_id ? [{ product_id: rows[i]!.id, shipping_profile_id }] : [],
  )
  return [
    { link: 'product_sales_channel', add: channels },
    { link: 'product_shipping_profile', add: profiles },
  ]
}

/** Products are written first, so that a taken handle or SKU is refused as that of a product, not of an inventory item. */
export async function writeProducts(
  services: ServicesOf<typeof catalogue>,
  { rows, parts, productLinks }: CreatedProducts,
): Promise<{ products: { id: string }[]; variants: { id: string }[] }> {
  await services.product.createProducts(rows)
  await writeVariantParts(services, { ...parts, links: [...parts.links, ...productLinks] })
  const ids = (all: { id: string }[]) => all.map(({ id }) => ({ id }))
  return { products: ids(rows.products), variants: ids(rows.variants) }
}
