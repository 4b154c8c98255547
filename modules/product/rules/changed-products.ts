/** What has to be written so that products are as they are asked to be. */

import type { Change, New } from '../../../framework/model/model.ts'
import { changedMeanwhile, Problem } from '../../../framework/problem.ts'
import { isSame } from '../../../framework/same-ids.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Product, ProductImage, ProductVariant, ProductVariantOption } from '../models.ts'
import { productHandle } from './handle.ts'
import { newGroups, type ProductInput, type ProductRows } from './new-products.ts'
import { combination, newVariants, type OptionInUse, taken, type VariantInput, valuesOf } from './new-variants.ts'

export interface VariantChange extends Partial<VariantInput> {
  id: string
}

/** Which variants are added, changed and deleted. */
export interface VariantChanges {
  create: VariantInput[]
  update: VariantChange[]
  delete: string[]
}

export interface ProductChange
  extends Partial<Omit<ProductInput, 'variants' | 'images' | 'options'>>,
    Record<never, never> {
  id: string
  /** All that it is to have: one without an id is new, one that is not among them is deleted. */
  images?: { id?: string | undefined; url: string }[] | undefined
  variants?: VariantChanges | (Partial<VariantInput> & { id?: string | undefined })[] | undefined
  /** The variants that go, as whoever asks has seen them; not looked at where it is left out. */
  leaving?: string[] | undefined
}

/** A product as it is. */
export interface ProductFacts {
  id: string
  title: string
  options: (OptionInUse & { is_exclusive: boolean })[]
  /** Which values it uses of those that an option has. */
  product_options: { values: { id: string }[] }[]
  variants: VariantFacts[]
  images: { id: string }[]
}

export interface VariantFacts {
  id: string
  title: string
  manage_inventory: boolean
  options: { id: string; option: { title: string }; value: string }[]
}

export interface ProductChangeRows extends Pick<ProductRows, 'variants' | 'variant_options' | 'tags' | 'categories'> {
  products: Change<typeof Product>[]
  changedVariants: Change<typeof ProductVariant>[]
  deletedVariants: string[]
  /** Of these variants the values are replaced by those of `variant_options`. */
  revalued: string[]
  images: New<typeof ProductImage>[]
  changedImages: Change<typeof ProductImage>[]
  deletedImages: string[]
  /** Products whose tags, or categories, are replaced. */
  retagged: string[]
  recategorised: string[]
}

/**
 * @throws Problem `not_found` where a product or variant is not there, `invalid_data` where variants do not fit the options, `conflict`
 *   where other variants would go than those that are `leaving`.
 */
export function changedProducts(facts: readonly ProductFacts[], changes: readonly ProductChange[], newId: MakeId) {
  const all = changes.map((change) => {
    const product = facts.find(({ id }) => id === change.id)
    if (!product) throw new Problem('not_found', `Product with id "${change.id}" not found`)
    return changedProduct(product, change, newId)
  })
  return joined(all)
}

function changedProduct(product: ProductFacts, change: ProductChange, newId: MakeId): ProductChangeRows {
  const { id, variants, leaving, images, tags, categories, handle, ...own } = change
  const variantChanges = changesOf(product, variants)
  if (leaving && !isSame(leaving, variantChanges.delete)) throw changedMeanwhile('Product', id)
  const named = handle === undefined ? {} : { handle: productHandle(handle, own.title ?? product.title, () => '') }
  const hasOwn = Object.values({ ...own, ...named }).some((value) => value !== undefined)
  return {
    products: hasOwn || images || tags || categories || variants ? [{ ...own, ...named, id }] : [],
    ...changedVariants(product, variantChanges, newId),
    ...changedImages(product, images, newId),
    ...newGroups(id, { tags, categories }, newId),
    retagged: tags ? [id] : [],
    recategorised: categories ? [id] : [],
  }
}

/** A whole list as what is different. */
function changesOf({ variants: current }: ProductFacts, given: ProductChange['variants']): VariantChanges {
  if (given === undefined) return { create: [], update: [], delete: [] }
  if (!Array.isArray(given)) return given
  const untitled = given.findIndex(({ id, title }) => id === undefined && title === undefined)
  if (untitled !== -1)
    throw new Problem('invalid_data', `Invalid request: Field 'variants, ${untitled}, title' is required`)
  return {
    create: given.filter(({ id }) => id === undefined) as VariantInput[],
    update: given.filter(({ id }) => id !== undefined) as VariantChange[],
    delete: missingFrom(given, current),
  }
}

/** The ids of those that there are, and that are not in a list of all that there shall be. */
export function missingFrom(
  given: readonly { id?: string | undefined }[],
  current: readonly { id: string }[],
): string[] {
  const kept = new Set(given.map(({ id }) => id))
  return current.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
}

type VariantPart = Pick<
  ProductChangeRows,
  'variants' | 'variant_options' | 'changedVariants' | 'deletedVariants' | 'revalued'
>

function changedVariants(product: ProductFacts, changes: VariantChanges, newId: MakeId): VariantPart {
  const { id: product_id, title } = product
  const options = inUse(product)
  const left = variantsLeft(product, changes)
  const revalued = changes.update.filter((variant) => variant.options !== undefined)
  const variant_options: New<typeof ProductVariantOption>[] = []
  const values = new Map([...left.values()].map((variant) => [variant.id, variant.options.map(({ id }) => id)]))
  for (const variant of revalued) {
    const now = Object.fromEntries(left.get(variant.id)!.options.map(({ option, value }) => [option.title, value]))
    const chosen = valuesOf(
      variant.title ?? left.get(variant.id)!.title,
      { ...now, ...variant.options },
      { product_id, title, options },
    )
    values.set(variant.id, chosen)
    variant_options.push(
      ...chosen.map((value) => ({ id: newId('varopt'), variant_id: variant.id, option_value_id: value })),
    )
  }
  refuseTwice(revalued, values)
  const made = newVariants(
    changes.create,
    { product_id, title, options, taken: [...values.values()], count: left.size },
    newId,
  )
  return {
    variants: made.variants,
    variant_options: [...variant_options, ...made.variant_options],
    changedVariants: changes.update.map(({ options: _, new_id: __, ...own }) => own),
    deletedVariants: changes.delete,
    revalued: revalued.map(({ id }) => id),
  }
}

/** The variants that are not deleted. @throws Problem where one is not the product's, or is to be changed as well as deleted. */
function variantsLeft({ variants }: ProductFacts, changes: VariantChanges): Map<string, VariantFacts> {
  const left = new Map(variants.map((variant) => [variant.id, variant]))
  const changed = changes.update.map(({ id }) => id)
  const unknown = [...changes.delete, ...changed].find((id) => !left.has(id))
  if (unknown) throw new Problem('not_found', `ProductVariant with id "${unknown}" not found`)
  for (const id of changes.delete) left.delete(id)
  const both = changed.find((id) => !left.has(id))
  if (both) throw new Problem('invalid_data', `Product Variant with id: ${both} cannot be both updated and deleted`)
  return left
}

/** An option of its own it uses whole; of one that it shares, what it was given. */
function inUse({ options, product_options }: ProductFacts): OptionInUse[] {
  const used = new Set(product_options.flatMap(({ values }) => values.map(({ id }) => id)))
  return options.map(({ is_exclusive, values, ...option }) => ({
    ...option,
    values: is_exclusive ? values : values.filter(({ id }) => used.has(id)),
  }))
}

function refuseTwice(revalued: readonly VariantChange[], values: ReadonlyMap<string, readonly string[]>): void {
  for (const { id, title, options = {} } of revalued) {
    const mine = combination(values.get(id)!)
    const other = [...values].some(([otherId, theirs]) => otherId !== id && combination(theirs) === mine)
    if (other) throw taken(title ?? id, options)
  }
}

function changedImages(
  { id: product_id, images: current }: ProductFacts,
  given: ProductChange['images'],
  newId: MakeId,
) {
  if (given === undefined) return { images: [], changedImages: [], deletedImages: [] }
  const ranked = given.map((image, rank) => ({ ...image, rank }))
  const known = new Set(current.map(({ id }) => id))
  const kept = ranked.flatMap(({ id, ...image }) => (id !== undefined && known.has(id) ? [{ ...image, id }] : []))
  const added = ranked.filter(({ id }) => id === undefined || !known.has(id))
  return {
    images: added.map(({ url, rank }) => ({ id: newId('img'), url, rank, product_id })),
    changedImages: kept,
    deletedImages: [...known].filter((id) => !kept.some((image) => image.id === id)),
  }
}

function joined(all: readonly ProductChangeRows[]): ProductChangeRows {
  const of = <K extends keyof ProductChangeRows>(name: K) =>
    all.flatMap((rows) => rows[name] as never[]) as unknown as ProductChangeRows[K]
  return {
    products: of('products'),
    variants: of('variants'),
    variant_options: of('variant_options'),
    changedVariants: of('changedVariants'),
    deletedVariants: of('deletedVariants'),
    revalued: of('revalued'),
    images: of('images'),
    changedImages: of('changedImages'),
    deletedImages: of('deletedImages'),
    tags: of('tags'),
    categories: of('categories'),
    retagged: of('retagged'),
    recategorised: of('recategorised'),
  }
}
