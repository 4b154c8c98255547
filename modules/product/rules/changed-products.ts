/** The writes that update a product with its variants, images and groups. Pure. */

import { idsOf } from '../../../framework/ids-of.ts'
import { mergeById } from '../../../framework/merge-by-id.ts'
import type { Change, New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Product, ProductImage, ProductVariant, ProductVariantOption } from '../models.ts'
import { productHandle } from './handle.ts'
import { newGroups, type ProductInput, type ProductRows } from './new-products.ts'
import {
  combinationKey,
  combinationTaken,
  newVariants,
  type OptionInUse,
  type VariantInput,
  valuesOf,
} from './new-variants.ts'
import type { KnownProductOption, OptionOfProduct } from './product-options.ts'

export interface VariantChange extends Partial<VariantInput> {
  id: string
}

export interface VariantChanges {
  create: VariantInput[]
  update: VariantChange[]
  delete: string[]
}

export interface ProductChange
  extends Partial<Omit<ProductInput, 'variants' | 'images' | 'options'>>,
    Record<never, never> {
  id: string
  /** Replaces the images: one without an id is created, one that is not listed is deleted. */
  images?: { id?: string | undefined; url: string }[] | undefined
  /** Changes of variants, or a list that replaces them like that of images. */
  variants?: VariantChanges | (Partial<VariantInput> & { id?: string | undefined })[] | undefined
}

export interface ProductFacts {
  id: string
  title: string
  /** Its options with the values that it uses. */
  product_options: OptionOfProduct[]
  variants: VariantFacts[]
  images: { id: string }[]
}

export interface VariantFacts {
  id: string
  title: string
  /** Its option values. */
  options: { id: string }[]
}

export interface ProductChangeRows extends Pick<ProductRows, 'variants' | 'variant_options' | 'tags' | 'categories'> {
  products: Change<typeof Product>[]
  changedVariants: Change<typeof ProductVariant>[]
  deletedVariants: string[]
  /** Variants whose option values are replaced by `variant_options`. */
  revalued: string[]
  images: New<typeof ProductImage>[]
  changedImages: Change<typeof ProductImage>[]
  deletedImages: string[]
  /** Products whose tags or categories are replaced. */
  retagged: string[]
  recategorised: string[]
}

/**
 * @param known the options of the product; needed only if its variants change.
 * @throws Problem `not_found` if a variant does not exist, `invalid_data` if variants do not fit the options.
 */
export function changedProduct(
  product: ProductFacts,
  known: readonly KnownProductOption[],
  change: ProductChange,
  newId: MakeId,
): ProductChangeRows {
  const { id, variants, images, tags, categories, handle, ...own } = change
  const named = handle === undefined ? {} : { handle: productHandle(handle, own.title ?? product.title, () => '') }
  const hasOwn = Object.values({ ...own, ...named }).some((value) => value !== undefined)
  return {
    products: hasOwn || images || tags || categories || variants ? [{ ...own, ...named, id }] : [],
    ...changedVariants(product, inUse(product, known), variantChanges(product, variants), newId),
    ...changedImages(product, images, newId),
    ...newGroups(id, { tags, categories }, newId),
    retagged: tags ? [id] : [],
    recategorised: categories ? [id] : [],
  }
}

/** The changes that a list of all variants implies. If a variant is changed twice, the later change counts. */
function variantChanges({ variants: current }: ProductFacts, given: ProductChange['variants']): VariantChanges {
  if (given === undefined) return { create: [], update: [], delete: [] }
  if (!Array.isArray(given)) return { ...given, update: mergeById(given.update) }
  const untitled = given.findIndex(({ id, title }) => id === undefined && title === undefined)
  if (untitled !== -1)
    throw new Problem('invalid_data', `Invalid request: Field 'variants, ${untitled}, title' is required`)
  return {
    create: given.filter(({ id }) => id === undefined) as VariantInput[],
    update: mergeById(given.filter(({ id }) => id !== undefined) as VariantChange[]),
    delete: missingFrom(given, current),
  }
}

/** The ids of the variants that a change deletes. */
export function deletedVariants(
  { variants: current }: Pick<ProductFacts, 'variants'>,
  given: ProductChange['variants'],
) {
  if (given === undefined) return []
  return Array.isArray(given) ? missingFrom(given, current) : given.delete
}

function missingFrom(given: readonly { id?: string | undefined }[], current: readonly { id: string }[]): string[] {
  const kept = new Set(given.map(({ id }) => id))
  return idsOf(current.filter(({ id }) => !kept.has(id)))
}

type VariantPart = Pick<
  ProductChangeRows,
  'variants' | 'variant_options' | 'changedVariants' | 'deletedVariants' | 'revalued'
>

function changedVariants(
  product: ProductFacts,
  options: OptionInUse[],
  changes: VariantChanges,
  newId: MakeId,
): VariantPart {
  const { id: product_id, title } = product
  const remaining = remainingVariants(product, changes)
  const revalued = changes.update.filter((variant) => variant.options !== undefined)
  const variant_options: New<typeof ProductVariantOption>[] = []
  const values = new Map([...remaining.values()].map((variant) => [variant.id, variant.options.map(({ id }) => id)]))
  for (const variant of revalued) {
    const current = valuesByTitle(remaining.get(variant.id)!, options)
    const chosen = valuesOf(
      variant.title ?? remaining.get(variant.id)!.title,
      { ...current, ...variant.options },
      { product_id, title, options },
    )
    values.set(variant.id, chosen)
    variant_options.push(
      ...chosen.map((value) => ({ id: newId('varopt'), variant_id: variant.id, option_value_id: value })),
    )
  }
  refuseTwice(revalued, values)
  const created = newVariants(
    changes.create,
    { product_id, title, options, taken: [...values.values()], count: remaining.size },
    newId,
  )
  return {
    variants: created.variants,
    variant_options: [...variant_options, ...created.variant_options],
    changedVariants: changes.update.map(({ options: _, ...own }) => own),
    deletedVariants: changes.delete,
    revalued: revalued.map(({ id }) => id),
  }
}

/** The variants that are not deleted. @throws Problem if one is not the product's, or is both updated and deleted. */
function remainingVariants({ variants }: ProductFacts, changes: VariantChanges): Map<string, VariantFacts> {
  const remaining = new Map(variants.map((variant) => [variant.id, variant]))
  const updated = changes.update.map(({ id }) => id)
  const unknown = [...changes.delete, ...updated].find((id) => !remaining.has(id))
  if (unknown) throw new Problem('not_found', `ProductVariant with id "${unknown}" not found`)
  for (const id of changes.delete) remaining.delete(id)
  const both = updated.find((id) => !remaining.has(id))
  if (both) throw new Problem('invalid_data', `Product Variant with id: ${both} cannot be both updated and deleted`)
  return remaining
}

/** Option title → value of the variant. */
function valuesByTitle({ options: own }: VariantFacts, options: readonly OptionInUse[]): Record<string, string> {
  const ids = new Set(idsOf(own))
  return Object.fromEntries(
    options.flatMap(({ title, values }) => values.filter(({ id }) => ids.has(id)).map(({ value }) => [title, value])),
  )
}

/** A product uses all values of its exclusive options, and the selected values of shared ones. */
function inUse({ product_options }: ProductFacts, known: readonly KnownProductOption[]): OptionInUse[] {
  return product_options.flatMap(({ product_option_id, value_links }) => {
    const option = known.find(({ id }) => id === product_option_id)
    if (!option) return []
    const used = new Set(value_links.map((link) => link.product_option_value_id))
    const { id, title, is_exclusive, values } = option
    return [{ id, title, values: is_exclusive ? values : values.filter((value) => used.has(value.id)) }]
  })
}

/** Variants without values, of a product without options, are alike. */
function refuseTwice(revalued: readonly VariantChange[], values: ReadonlyMap<string, readonly string[]>): void {
  for (const { id, title, options = {} } of revalued) {
    const key = combinationKey(values.get(id)!)
    const isTaken = [...values].some(([otherId, theirs]) => otherId !== id && combinationKey(theirs) === key)
    if (key !== '' && isTaken) throw combinationTaken(title ?? id, options)
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

export function mergeRows(all: readonly ProductChangeRows[]): ProductChangeRows {
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
