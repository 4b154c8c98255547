/** Updates products with their options and variants, and the parts of variants in other modules. */
import { lockExisting } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { LinkChange } from '../../framework/link/service.ts'
import { mergeById } from '../../framework/merge-by-id.ts'
import type { ServicesOf } from '../../framework/model/module.ts'
import type { Query } from '../../framework/query.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import { deletedVariants, type ProductFacts } from '../../modules/product/rules/changed-products.ts'
import {
  type ProductUpdate as OwnUpdate,
  type UpdatedProductFacts,
  type UpdatedProductRows,
  updatedProducts,
} from '../../modules/product/rules/updated-products.ts'
import { shape } from '../../query/shape.ts'
import { OptionOfProducts, optionsInUse } from './option-shapes.ts'
import { type OrphanedParts, orphanedParts, type VariantParts, variantParts } from './variant-facts.ts'
import { type catalogue, type VariantPartRows, variantPartRows, writeVariantParts } from './variant-parts.ts'
import {
  inventoryItemsOf,
  isNew,
  isUpdate,
  type NewVariant,
  type VariantUpdate,
  type VariantUpsert,
  variantFields,
} from './variants.ts'

export interface ProductUpdate extends Omit<OwnUpdate, 'variants'> {
  /** A list that replaces the variants (one without an id is created, one not listed is deleted), or changes. */
  variants?: VariantUpsert[] | VariantsChange | undefined
  /** Replaces the sales channels of the product. */
  sales_channels?: { id: string }[] | undefined
  shipping_profile_id?: string | null | undefined
}

export interface VariantsChange {
  create: NewVariant[]
  update: VariantUpdate[]
  delete: string[]
}

export interface ProductVariantsChange extends Partial<VariantsChange> {
  product_id: string
}

/** Updates of products that change only their variants, one for each product. */
export function variantUpdates(changes: readonly ProductVariantsChange[]): ProductUpdate[] {
  const products = [...new Set(changes.map(({ product_id }) => product_id))]
  return products.map((id) => {
    const own = changes.filter(({ product_id }) => product_id === id)
    return {
      id,
      variants: {
        create: own.flatMap(({ create = [] }) => create),
        update: own.flatMap(({ update = [] }) => update),
        delete: own.flatMap((change) => change.delete ?? []),
      },
    }
  })
}

/** The variants to create and update, in their order. */
function variantUpserts(updates: readonly ProductUpdate[]): VariantUpsert[] {
  return updates.flatMap(({ variants = [] }): VariantUpsert[] =>
    Array.isArray(variants) ? variants : [...variants.create, ...variants.update],
  )
}

export interface ProductUpdateFacts extends UpdatedProductFacts {
  parts: Map<string, VariantParts>
  deleted: OrphanedParts
}

const Product = shape('product', {
  id: true,
  title: true,
  images: [{ id: true }],
  product_options: optionsInUse,
  variants: [{ id: true, title: true, options: [{ id: true }] }],
})

/** The products must be locked, so that their parts do not change. */
export async function updatedProductFacts(query: Query, changes: ProductUpdate[]): Promise<ProductUpdateFacts> {
  const updates = mergeById(changes)
  const products = await query.find(Product, { id: idsOf(updates) })
  const upserts = variantUpserts(updates)
  const updated = upserts.filter(isUpdate)
  const deleted = updates.flatMap(({ id, variants }) => {
    const product = products.find((one) => one.id === id)
    return product ? deletedVariants(product, variants) : []
  })
  await query.lock({ product_variant: [...deleted, ...idsOf(updated)] })
  const options = await productOptions(query, products, updates)
  const parts = await variantParts(query, updated)
  const orphans = await orphanedParts(query, deleted)
  await lockExisting(query, {
    inventory_item: inventoryItemsOf(upserts.filter(isNew)),
    sales_channel: updates.flatMap(({ sales_channels = [] }) => idsOf(sales_channels)),
    shipping_profile: updates.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
  })
  return { products, options, parts, deleted: orphans }
}

/** The current and new options of the products whose options or variants change. */
async function productOptions(query: Query, products: ProductFacts[], updates: ProductUpdate[]) {
  const changed = updates.filter(({ options, variants }) => options || variants)
  const current = products
    .filter(({ id }) => changed.some((one) => one.id === id))
    .flatMap(({ product_options }) => product_options.map((one) => one.product_option_id))
  const added = changed.flatMap(({ options = [] }) => options.flatMap(({ id }) => id ?? []))
  const ids = [...current, ...added]
  await query.lock({ product_option: ids }, changed.some(({ options }) => options) ? 'update' : 'share')
  return query.find(OptionOfProducts, { id: ids })
}

export interface ProductUpdateRows extends UpdatedProductRows {
  parts: VariantPartRows
  productLinks: LinkChange[]
  updatedVariants: string[]
}

/** If a product, or a variant, is changed twice, the later change counts. */
export function productUpdateRows(
  facts: ProductUpdateFacts,
  changes: ProductUpdate[],
  newId: MakeId,
): ProductUpdateRows {
  const updates = mergeById(changes)
  const rows = updatedProducts(facts, updates.map(productFields), newId)
  const upserts = variantUpserts(updates)
  const updated = mergeById(upserts.filter(isUpdate))
  const added = { rows: rows.products.flatMap(({ variants }) => variants), inputs: upserts.filter(isNew), updated }
  const parts = variantPartRows(added, facts, newId)
  return { ...rows, parts, productLinks: updates.flatMap(channelAndProfileLinks), updatedVariants: idsOf(updated) }
}

/** The part of an update that the product module writes. */
function productFields({ sales_channels: _, shipping_profile_id: __, variants, ...own }: ProductUpdate): OwnUpdate {
  if (variants === undefined || Array.isArray(variants)) return { ...own, variants: variants?.map(variantFields) }
  const { create, update, delete: ids } = variants
  return { ...own, variants: { create: create.map(variantFields), update: update.map(variantFields), delete: ids } }
}

/** The sales channels and shipping profile of a product. */
function channelAndProfileLinks({ id, sales_channels, shipping_profile_id }: ProductUpdate): LinkChange[] {
  const only = { column: 'product_id', ids: [id] }
  const channels = sales_channels?.map((channel) => ({ product_id: id, sales_channel_id: channel.id }))
  const profiles = shipping_profile_id ? [{ product_id: id, shipping_profile_id }] : []
  return [
    ...(channels ? [{ link: 'product_sales_channel', add: channels, only }] : []),
    ...(shipping_profile_id !== undefined ? [{ link: 'product_shipping_profile', add: profiles, only }] : []),
  ]
}

export interface UpdatedProductIds {
  created: string[]
  updated: string[]
  deleted: string[]
  deletedOptions: string[]
}

export async function writeProductUpdates(
  services: ServicesOf<typeof catalogue>,
  change: ProductUpdateRows,
): Promise<UpdatedProductIds> {
  const { optionsBefore, products, optionsAfter, parts, productLinks } = change
  for (const rows of optionsBefore) await services.product.changeProductOptions(rows)
  await services.product.changeProducts(products)
  await writeVariantParts(services, { ...parts, links: [...parts.links, ...productLinks] })
  for (const rows of optionsAfter) await services.product.changeProductOptions(rows)
  return {
    created: createdVariants(change),
    updated: change.updatedVariants,
    deleted: deletedIds(change),
    deletedOptions: optionRows(change).flatMap(({ deletedOptions }) => deletedOptions),
  }
}

const createdVariants = ({ products }: ProductUpdateRows) => products.flatMap(({ variants }) => idsOf(variants))
const deletedIds = ({ products }: ProductUpdateRows) => products.flatMap((rows) => rows.deletedVariants)
const optionRows = ({ optionsBefore, optionsAfter }: ProductUpdateRows) => [...optionsBefore, ...optionsAfter]

/** The events of options and variants. */
export function partEvents(change: ProductUpdateRows) {
  return {
    'product-option.created': optionRows(change).flatMap(({ options }) => idsOf(options)),
    'product-option.deleted': optionRows(change).flatMap(({ deletedOptions }) => deletedOptions),
    'product-variant.created': createdVariants(change),
    'product-variant.updated': change.updatedVariants,
    'product-variant.deleted': deletedIds(change),
  }
}
