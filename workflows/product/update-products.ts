import type { LinkChange } from '../../framework/link/service.ts'
import { ALL, anew, emitIds, newId } from '../../framework/workflow/index.ts'
import {
  missingFrom,
  type ProductChange as OwnChange,
  type VariantChanges,
} from '../../modules/product/rules/changed-products.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { read, together } from '../steps.ts'
import { productsUpdated, productVariantsCreated, productVariantsDeleted, productVariantsUpdated } from './hooks.ts'
import { changeOptionsOf } from './product-options.ts'
import { changesOptions, type GivenOption, type OptionSteps, optionSteps } from './replace-options.ts'
import {
  addVariantParts,
  changeVariantParts,
  type GivenVariant,
  isSomething,
  type KeptVariant,
  leftBy,
  type NewVariant,
  ownPart,
  partsOf,
  removeVariantParts,
} from './variant-parts.ts'

export interface ProductChange extends Omit<OwnChange, 'variants'> {
  /** All that it is to have: one without an id is new, one that is not among them is deleted. */
  variants?: GivenVariant[] | undefined
  sales_channels?: { id: string }[] | undefined
  shipping_profile_id?: string | null | undefined
  /** All that it is to have. */
  options?: GivenOption[] | undefined
  /** The same, of options that there are. */
  option_ids?: string[] | undefined
}

export interface UpdateProductsInput extends WithAdditionalData {
  products: ProductChange[]
}

/** Changes what is given and leaves the rest; lists are what the product is to have. All of it, or nothing. */
export async function updateProducts({ products, additional_data }: UpdateProductsInput): Promise<{ id: string }[]> {
  const options: OptionSteps[] = []
  for (const product of products) {
    const given = product.options ?? product.option_ids?.map((id) => ({ id }))
    const steps = await optionSteps(product.id, given)
    if (steps) options.push(steps)
  }
  for (const { before } of options) if (changesOptions(before)) await changeOptionsOf(before)
  const given = products.map((product) => ({ ...product, variants: product.variants?.map(identified) }))
  await changeVariants(
    given.map(ownChange),
    given.flatMap(({ variants = [] }) => variants),
    {
      event: 'product.updated',
      places: products.flatMap(placesOf),
      exist: {
        sales_channel: products.flatMap(({ sales_channels = [] }) => sales_channels.map(({ id }) => id)),
        shipping_profile: products.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
      },
    },
  )
  for (const { after } of options) if (changesOptions(after)) await changeOptionsOf(after)
  const updated = products.map(({ id }) => ({ id }))
  await productsUpdated({ products: updated, additional_data })
  return updated
}

/** A new one with the id that it is to have. */
function identified<V extends GivenVariant>(variant: V): V {
  return variant.id === undefined ? { ...variant, new_id: newId('variant') } : variant
}

/** What the product module is asked to change. */
function ownChange({
  sales_channels: _,
  shipping_profile_id: __,
  options: ___,
  option_ids: ____,
  variants,
  ...own
}: ProductChange): OwnChange {
  return { ...own, variants: variants?.map((one) => ownPart(one as NewVariant)) }
}

export interface VariantsOfProduct {
  product_id: string
  create?: NewVariant[]
  update?: (Partial<NewVariant> & { id: string })[]
  delete?: string[]
}

/** Adds, changes and deletes variants of products, whatever others they have. */
export async function batchProductVariants({ additional_data, ...input }: BatchVariantsInput): Promise<VariantIds> {
  const products = input.products.map((one) => ({ ...one, create: one.create?.map(identified) }))
  const changes = products.map((one) => ({ id: one.product_id, variants: ownChanges(one) }))
  const given = products.flatMap(({ create = [], update = [] }) => [...create, ...update])
  const { created, deleted } = await changeVariants(changes, given)
  const updated = products.flatMap(({ update = [] }) => update.map(({ id }) => id))
  const rowsOf = (ids: string[]) => ids.map((id) => ({ id }))
  if (created.length > 0) await productVariantsCreated({ product_variants: rowsOf(created), additional_data })
  if (updated.length > 0) await productVariantsUpdated({ product_variants: rowsOf(updated), additional_data })
  if (deleted.length > 0) await productVariantsDeleted({ ids: deleted })
  return { created, updated, deleted }
}

export interface BatchVariantsInput extends WithAdditionalData {
  products: VariantsOfProduct[]
}

export interface VariantIds {
  created: string[]
  updated: string[]
  deleted: string[]
}

function ownChanges({ create = [], update = [], delete: ids = [] }: VariantsOfProduct): VariantChanges {
  return {
    create: create.map(ownPart),
    update: update.map((one) => ({ ...ownPart(one as NewVariant), id: one.id })),
    delete: ids,
  }
}

/** What changes about products beside their variants. */
interface ProductsToo {
  /** What has happened to them. */
  event?: string
  places?: LinkChange[]
  /** What has to be there for that. */
  exist?: Record<string, string[]>
}

/** Products, and all that their variants have elsewhere, in one step. `given` are all variants that are not deleted, in their order. */
async function changeVariants(
  changes: OwnChange[],
  given: GivenVariant[],
  { event, places = [], exist = {} }: ProductsToo = {},
): Promise<Omit<VariantIds, 'updated'>> {
  const added = given.filter(({ id }) => id === undefined) as NewVariant[]
  const kept = given.filter(({ id }) => id !== undefined) as KeptVariant[]
  const rows = added.map(({ new_id, options: _, ...own }) => ({ ...ownPart(own), id: new_id! }))
  return anew(async () => {
    const leaving = await leavingBy(changes)
    const deleted = leaving.flat()
    const [left, known] = [await leftBy(deleted), await partsOf(kept)]
    if (event) emitIds(event, changes)
    emitIds('product-variant.created', rows)
    emitIds('product-variant.updated', kept)
    emitIds('product-variant.deleted', deleted)
    await together((write) => {
      removeVariantParts(write, left) // first: it looks at links, which go with the variants
      write.changeProducts(changes.map((change, i) => ({ ...change, leaving: leaving[i]! })))
      const parts = [addVariantParts(write, rows, added), changeVariantParts(write, kept, known)]
      const links = [...parts.flatMap((part) => part.changes), ...places].filter(isSomething)
      const items = parts.flatMap((part) => part.exist.inventory_item!)
      if (links.length > 0) write.changeLinks({ exist: { inventory_item: items, ...exist }, changes: links })
    })
    return { created: rows.map(({ id }) => id), deleted }
  })
}

/** The variants that go with each change, as the products are now. */
async function leavingBy(changes: OwnChange[]): Promise<string[][]> {
  const lists = changes.filter(({ variants }) => Array.isArray(variants)).map(({ id }) => id)
  const current = lists.length > 0 ? await variantsOf(lists) : new Map<string, { id: string }[]>()
  return changes.map(({ id, variants }) => {
    if (!variants) return []
    return Array.isArray(variants) ? missingFrom(variants, current.get(id) ?? []) : variants.delete
  })
}

async function variantsOf(ids: string[]): Promise<Map<string, { id: string }[]>> {
  const listing = { fields: ['id', 'variants.id'], filters: { id: ids }, limit: ALL }
  const { rows } = await read.query<{ id: string; variants: { id: string }[] }>('product', listing)
  return new Map(rows.map(({ id, variants }) => [id, variants]))
}

/** Where a product is sold, and how it is shipped, as far as that is given. */
function placesOf({ id, sales_channels, shipping_profile_id }: ProductChange): LinkChange[] {
  const only = { column: 'product_id', ids: [id] }
  const channels = sales_channels?.map((channel) => ({ product_id: id, sales_channel_id: channel.id }))
  const profiles = shipping_profile_id ? [{ product_id: id, shipping_profile_id }] : []
  return [
    ...(channels ? [{ link: 'product_sales_channel', add: channels, only }] : []),
    ...(shipping_profile_id !== undefined ? [{ link: 'product_shipping_profile', add: profiles, only }] : []),
  ]
}
