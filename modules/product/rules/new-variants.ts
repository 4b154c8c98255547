/** The rows of new variants. Pure. */

import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductVariant, ProductVariantOption } from '../models.ts'

type VariantColumns = Omit<New<typeof ProductVariant>, 'id' | 'product_id' | 'created_at' | 'updated_at' | 'deleted_at'>

export interface VariantInput extends VariantColumns {
  /** Option title → value. */
  options?: Record<string, string> | undefined
}

/** An option of a product, with the values that the product uses. */
export interface OptionInUse {
  id: string
  title: string
  values: { id: string; value: string }[]
}

/** The product of new variants. */
export interface VariantOwner {
  product_id: string
  title: string
  options: readonly OptionInUse[]
  /** The option values of each existing variant. */
  taken?: readonly (readonly string[])[]
  /** The number of existing variants. */
  count?: number
}

export interface VariantRows {
  variants: New<typeof ProductVariant>[]
  variant_options: New<typeof ProductVariantOption>[]
}

/**
 * New variants are ranked in their order.
 *
 * @throws Problem `invalid_data` if a variant lacks an option, has an unknown value, or has the same values as another.
 */
export function newVariants(inputs: readonly VariantInput[], owner: VariantOwner, newId: MakeId): VariantRows {
  const combinations = new Set((owner.taken ?? []).map(combinationKey))
  const rows: VariantRows = { variants: [], variant_options: [] }
  inputs.forEach(({ options, ...own }, i) => {
    const id = newId('variant')
    const values = valuesOf(own.title, options ?? {}, owner)
    if (values.length > 0 && combinations.has(combinationKey(values))) throw combinationTaken(own.title, options ?? {})
    combinations.add(combinationKey(values))
    const variant_rank = own.variant_rank ?? (owner.count ?? 0) + i
    rows.variants.push({ ...own, id, variant_rank, product_id: owner.product_id })
    rows.variant_options.push(
      ...values.map((value) => ({ id: newId('varopt'), variant_id: id, option_value_id: value })),
    )
  })
  return rows
}

/** The ids of a variant's option values, one for each option of the product. */
export function valuesOf(
  title: string,
  given: Record<string, string>,
  { options, title: product }: VariantOwner,
): string[] {
  const missing = options.filter((option) => !Object.hasOwn(given, option.title)).map((option) => option.title)
  if (missing.length > 0) {
    throw new Problem(
      'invalid_data',
      `Product "${product}" has variants with missing options: [${missing.join(', ')}] (variant "${title}")`,
    )
  }
  return Object.entries(given).map(([name, value]) => {
    const option = options.find((one) => one.title === name)
    if (!option) throw new Problem('invalid_data', `Option ${name} does not exist for product ${product}`)
    const found = option.values.find((one) => one.value === value)
    if (!found) throw new Problem('invalid_data', `Option value ${value} does not exist for option ${name}`)
    return found.id
  })
}

/** The same for the same values in any order. */
export function combinationKey(values: readonly string[]): string {
  return [...values].sort().join(' ')
}

export function combinationTaken(title: string, options: Record<string, string>): Problem {
  const text = Object.entries(options).map(([name, value]) => `${name}: ${value}`)
  return new Problem(
    'invalid_data',
    `Variant "${title}" has the same combination of option values as another: ${text.join(', ')}`,
  )
}
