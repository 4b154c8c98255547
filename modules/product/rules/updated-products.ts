/** Updates of products: new options, then products and variants, then the removal of options that variants no longer need. Pure. */
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import { changedProduct, type ProductChange, type ProductChangeRows, type ProductFacts } from './changed-products.ts'
import { type GivenOption, optionSteps } from './option-steps.ts'
import {
  changedProductOptions,
  type KnownProductOption,
  optionsFromRows,
  type ProductOptionRows,
  type ProductOptionsChange,
} from './product-options.ts'

export interface ProductUpdate extends ProductChange {
  /** Replaces the options of the product. */
  options?: GivenOption[] | undefined
}

/** The products, and their current and new options. */
export interface UpdatedProductFacts {
  products: ProductFacts[]
  options: KnownProductOption[]
}

/** The writes, in this order. */
export interface UpdatedProductRows {
  optionsBefore: ProductOptionRows[]
  products: ProductChangeRows[]
  optionsAfter: ProductOptionRows[]
}

/**
 * @throws Problem `not_found` if a product, variant or option does not exist, `invalid_data` if variants do not fit the options,
 *   `not_allowed` if variants have what is removed.
 */
export function updatedProducts(
  facts: UpdatedProductFacts,
  updates: readonly ProductUpdate[],
  newId: MakeId,
): UpdatedProductRows {
  const rows: UpdatedProductRows = { optionsBefore: [], products: [], optionsAfter: [] }
  for (const update of updates) updateProduct(facts, update, rows, newId)
  return rows
}

function updateProduct(
  facts: UpdatedProductFacts,
  { options: given, ...change }: ProductUpdate,
  rows: UpdatedProductRows,
  newId: MakeId,
): void {
  const product = facts.products.find(({ id }) => id === change.id)
  if (!product) throw new Problem('not_found', `Product with id "${change.id}" not found`)
  const steps = given && optionSteps(product, facts.options, given)
  const before = changedOptions(product, facts.options, steps?.before, newId)
  const options = [...facts.options, ...before.flatMap(optionsFromRows)]
  const prepared = before.reduce(withOptions, product)
  const changed = changedProduct(prepared, options, change, newId)
  rows.optionsBefore.push(...before)
  rows.products.push(changed)
  rows.optionsAfter.push(...changedOptions(withVariants(prepared, changed), options, steps?.after, newId))
}

function changedOptions(
  product: ProductFacts,
  options: KnownProductOption[],
  change: ProductOptionsChange | undefined,
  newId: MakeId,
): ProductOptionRows[] {
  if (!change || change.add.length + change.remove.length + change.update.length === 0) return []
  return [changedProductOptions({ product, options }, change, newId)]
}

/** The product after a change of its options. */
function withOptions(product: ProductFacts, rows: ProductOptionRows): ProductFacts {
  const valuesOf = (id: string) => rows.valueLinks.filter((link) => link.product_product_option_id === id)
  const kept = product.product_options.filter(({ id }) => !rows.deletedLinks.includes(id))
  return {
    ...product,
    product_options: [
      ...kept.map((link) => ({
        ...link,
        value_links: [
          ...link.value_links.filter(({ id }) => !rows.deletedValueLinks.includes(id)),
          ...valuesOf(link.id),
        ],
      })),
      ...rows.links.map(({ id, product_option_id }) => ({ id, product_option_id, value_links: valuesOf(id) })),
    ],
  }
}

/** The product after a change of its variants, with their option values. */
function withVariants(product: ProductFacts, rows: ProductChangeRows): ProductFacts {
  const replaced = new Set([...rows.deletedVariants, ...rows.revalued])
  const unchanged = product.variants.filter(({ id }) => !replaced.has(id))
  const written = rows.variant_options.map(({ variant_id, option_value_id }) => ({
    id: variant_id,
    title: '',
    options: [{ id: option_value_id }],
  }))
  return { ...product, variants: [...unchanged, ...written] }
}
