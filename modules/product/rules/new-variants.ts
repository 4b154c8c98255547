/** Variants as they are asked for, and the rows that they are kept in. */

import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductVariant, ProductVariantOption } from '../models.ts'

type Own = Omit<New<typeof ProductVariant>, 'id' | 'product_id' | 'created_at' | 'updated_at' | 'deleted_at'>

export interface VariantInput extends Own {
  /** Title of an option → value. */
  options?: Record<string, string> | undefined
}

/** An option of a product, with the values that the product uses. */
export interface OptionInUse {
  id: string
  title: string
  values: { id: string; value: string }[]
}

/** What variants belong to. `taken` are the values of those that it has already. */
export interface VariantsOf {
  product_id: string
  title: string
  options: readonly OptionInUse[]
  taken?: readonly (readonly string[])[]
  /** How many there are already. */
  count?: number
}

export interface VariantRows {
  variants: New<typeof ProductVariant>[]
  variant_options: New<typeof ProductVariantOption>[]
}

/**
 * The rows of new variants of one product, ranked in their order.
 *
 * @throws Problem `invalid_data` where one lacks an option, has a value that there is not, or the values of another.
 */
export function newVariants(inputs: readonly VariantInput[], of: VariantsOf, newId: MakeId): VariantRows {
  const combinations = new Set((of.taken ?? []).map(combination))
  const rows: VariantRows = { variants: [], variant_options: [] }
  inputs.forEach(({ options, ...own }, i) => {
    const id = newId('variant')
    const values = valuesOf(own.title, options ?? {}, of)
    if (values.length > 0 && combinations.has(combination(values))) throw taken(own.title, options ?? {})
    combinations.add(combination(values))
    const variant_rank = own.variant_rank ?? (of.count ?? 0) + i
    rows.variants.push({ ...own, id, variant_rank, product_id: of.product_id })
    rows.variant_options.push(
      ...values.map((value) => ({ id: newId('varopt'), variant_id: id, option_value_id: value })),
    )
  })
  return rows
}

/** Of each option of the product the id of the variant's value. */
export function valuesOf(
  title: string,
  given: Record<string, string>,
  { options, title: product }: VariantsOf,
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

export function combination(values: readonly string[]): string {
  return [...values].sort().join(' ')
}

export function taken(title: string, options: Record<string, string>): Problem {
  const text = Object.entries(options).map(([name, value]) => `${name}: ${value}`)
  return new Problem(
    'invalid_data',
    `Variant "${title}" has the same combination of option values as another: ${text.join(', ')}`,
  )
}
