import type { LinkChange } from '../../framework/link/service.ts'
import { emitIds } from '../../framework/workflow/index.ts'
import type { ProductChange as OwnChange, VariantChanges } from '../../modules/product/rules/changed-products.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { together, write } from '../steps.ts'
import { linkProductOptions } from './product-options.ts'
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

export interface ProductChange extends WithAdditionalData, Omit<OwnChange, 'variants'> {
  /** All that it is to have: one without an id is new, one that is not among them is deleted. */
  variants?: GivenVariant[] | undefined
  sales_channels?: { id: string }[] | undefined
  shipping_profile_id?: string | null | undefined
  /** All that it is to have. */
  options?: GivenOption[] | undefined
  /** The same, of options that there are. */
  option_ids?: string[] | undefined
}

export interface UpdateProductsInput {
  products: ProductChange[]
}

/** Changes what is given and leaves the rest; lists are what the product is to have. All of it, or nothing. */
export async function updateProducts({ products }: UpdateProductsInput): Promise<{ id: string }[]> {
  emitIds('product.updated', products)
  const options: OptionSteps[] = []
  for (const product of products) {
    const given = product.options ?? product.option_ids?.map((id) => ({ id }))
    const steps = await optionSteps(product.id, given)
    if (steps) options.push(steps)
  }
  for (const { before } of options) if (changesOptions(before)) await linkProductOptions(before)
  const changes = products.map(ownChange)
  await changeVariants(
    changes,
    products.flatMap(({ variants = [] }) => variants),
    products.flatMap(placesOf),
    { sales_channel: products.flatMap(({ sales_channels = [] }) => sales_channels.map(({ id }) => id)) },
  )
  for (const { after } of options) if (changesOptions(after)) await linkProductOptions(after)
  return products.map(({ id }) => ({ id }))
}

/** What the product module is asked to change. */
function ownChange({
  sales_channels: _,
  shipping_profile_id: __,
  additional_data: ___,
  options: ____,
  option_ids: _____,
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
export async function batchProductVariants(input: { products: VariantsOfProduct[] }): Promise<VariantIds> {
  const { products } = input
  emitIds(
    'product.updated',
    products.map((one) => one.product_id),
  )
  const changes = products.map((one) => ({ id: one.product_id, variants: ownChanges(one) }))
  const given = products.flatMap(({ create = [], update = [] }) => [...create, ...update])
  const { created, deleted } = await changeVariants(changes, given)
  const updated = products.flatMap(({ update = [] }) => update.map(({ id }) => id))
  return { created, updated, deleted }
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

/** Products first, then all that their variants have elsewhere, in a step. `given` are all variants that are not deleted, in their order. */
async function changeVariants(
  changes: OwnChange[],
  given: GivenVariant[],
  places: LinkChange[] = [],
  exist: Record<string, string[]> = {},
): Promise<Omit<VariantIds, 'updated'>> {
  const { created, deleted } = await write.changeProducts(changes)
  const added = given.filter(({ id }) => id === undefined) as NewVariant[]
  const kept = given.filter(({ id }) => id !== undefined) as KeptVariant[]
  emitIds('product-variant.created', created)
  emitIds('product-variant.updated', kept)
  emitIds('product-variant.deleted', deleted)
  const [left, known] = [await leftBy(deleted), await partsOf(kept)]
  await together((write) => {
    removeVariantParts(write, left) // first: what is added may have the SKU of what goes
    const parts = addVariantParts(write, created, added)
    const links = [...parts.changes, ...changeVariantParts(write, kept, known), ...places].filter(isSomething)
    if (links.length > 0) write.changeLinks({ exist: { ...parts.exist, ...exist }, changes: links })
  })
  return { created: created.map(({ id }) => id), deleted }
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
