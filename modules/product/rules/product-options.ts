/** Which options a product has, and which of their values it uses: what is written where that changes. Pure. */

import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductProductOption, ProductProductOptionValue } from '../models.ts'
import type { OptionRows } from './option-changes.ts'

/** Of one product. An option is given by its id, with those of its values that the product uses where that is not all. */
export interface ProductOptionsChange {
  product_id: string
  /** Options that are made with the change. */
  created: Pick<OptionRows, 'options' | 'values'>
  add: (string | { id: string; value_ids: string[] })[]
  /** Ids of options. */
  remove: string[]
  /** Values are given by their ids, or as new ones. */
  update: { product_option_id: string; add: (string | { value: string })[]; remove: string[] }[]
}

export interface OptionOfProduct {
  id: string
  product_option_id: string
  value_links: { id: string; product_option_value_id: string }[]
}

export interface KnownProductOption {
  id: string
  is_exclusive: boolean
  products: { id: string }[]
  values: { id: string; value: string }[]
}

export interface ProductOptionsFacts {
  /** Undefined where there is no such product. */
  product?: { id: string; product_options: OptionOfProduct[]; variants: { options: { id: string }[] }[] }
  /** All options that the change speaks of. */
  options: KnownProductOption[]
}

/** The rows of one step. */
export interface ProductOptionRows extends Pick<OptionRows, 'options' | 'values'> {
  /** Of the product. */
  links: New<typeof ProductProductOption>[]
  valueLinks: New<typeof ProductProductOptionValue>[]
  deletedLinks: string[]
  deletedValueLinks: string[]
}

/**
 * @throws Problem `not_found` where the product, an option or a value is not there, `not_allowed` where variants of the product
 *   have what is removed, or where an option is another product's own.
 */
export function changedProductOptions(
  known: ProductOptionsFacts,
  change: ProductOptionsChange,
  newId: MakeId,
): ProductOptionRows {
  if (!known.product) throw new Problem('not_found', `Product with id: ${change.product_id} was not found`)
  const facts = { ...known, options: [...known.options, ...madeOptions(change)] }
  const { options, values } = change.created
  const rows: ProductOptionRows = {
    ...{ options: [...options], values: [...values], links: [], valueLinks: [], deletedValueLinks: [] },
    deletedLinks: removedLinks(facts, change.remove),
  }
  const makers = { facts, rows, newId, product_id: change.product_id }
  for (const one of change.add) addOption(makers, one)
  for (const one of change.update) changeValues(makers, one)
  return rows
}

interface Makers {
  facts: ProductOptionsFacts
  rows: ProductOptionRows
  newId: MakeId
  product_id: string
}

function addOption(makers: Makers, given: ProductOptionsChange['add'][number]): void {
  const { facts, rows, newId, product_id } = makers
  const { id, valueIds } = knownOption(facts, given, product_id)
  const known = linkOf(facts, id)
  if (known && !rows.deletedLinks.includes(known.id)) {
    linkValues(makers, known, valueIds)
    return
  }
  const added = rows.links.find((link) => link.product_option_id === id)
  const link = added ?? { id: newId('prodopt'), product_id, product_option_id: id }
  if (!added) rows.links.push(link)
  linkValues(makers, { id: link.id, value_links: [] }, valueIds)
}

function knownOption(
  facts: ProductOptionsFacts,
  given: string | { id: string; value_ids: string[] },
  product_id: string,
): { id: string; valueIds: string[] } {
  const id = typeof given === 'string' ? given : given.id
  const option = optionOf(facts, id)
  const isAnothers = option.is_exclusive && option.products.some((product) => product.id !== product_id)
  if (isAnothers) throw new Problem('not_allowed', `Product Option with id: ${id} is another product's own`)
  if (typeof given === 'string') return { id, valueIds: option.values.map((value) => value.id) }
  refuseMissing(option, given.value_ids)
  return { id, valueIds: given.value_ids }
}

function madeOptions({ created }: ProductOptionsChange): KnownProductOption[] {
  return created.options.map(({ id, is_exclusive = false }) => {
    return { id, is_exclusive, products: [], values: created.values.filter(({ option_id }) => option_id === id) }
  })
}

function changeValues(
  makers: Makers,
  { product_option_id, add, remove }: ProductOptionsChange['update'][number],
): void {
  const { facts, rows, newId } = makers
  const option = optionOf(facts, product_option_id)
  const link = linkOf(facts, product_option_id)
  if (!link) throw new Problem('not_found', `Product Option with id: ${product_option_id} is not one of the product's`)
  refuseUsed(facts, remove)
  const gone = link.value_links.filter((one) => remove.includes(one.product_option_value_id))
  rows.deletedValueLinks.push(...gone.map(({ id }) => id))
  const valueIds = add.map((given) => {
    if (typeof given === 'string') return given
    const there = option.values.find(({ value }) => value === given.value)
    if (there) return there.id
    const made = { id: newId('optval'), value: given.value, rank: null, option_id: option.id }
    option.values.push(made)
    rows.values.push(made)
    return made.id
  })
  refuseMissing(option, valueIds)
  linkValues(makers, { ...link, value_links: link.value_links.filter((one) => !gone.includes(one)) }, valueIds)
}

function linkValues({ rows, newId }: Makers, link: Pick<OptionOfProduct, 'id' | 'value_links'>, ids: string[]): void {
  const added = rows.valueLinks.filter((one) => one.product_product_option_id === link.id)
  const there = new Set([...link.value_links, ...added].map((one) => one.product_option_value_id))
  for (const product_option_value_id of new Set(ids)) {
    if (there.has(product_option_value_id)) continue
    rows.valueLinks.push({ id: newId('prodoptval'), product_product_option_id: link.id, product_option_value_id })
  }
}

function removedLinks(facts: ProductOptionsFacts, ids: string[]): string[] {
  for (const id of ids) {
    refuseUsed(
      facts,
      optionOf(facts, id).values.map((value) => value.id),
    )
  }
  return ids.flatMap((id) => linkOf(facts, id)?.id ?? [])
}

function optionOf({ options }: ProductOptionsFacts, id: string): KnownProductOption {
  const option = options.find((one) => one.id === id)
  if (!option) throw new Problem('not_found', `ProductOption id not found: ${id}`)
  return option
}

function linkOf({ product }: ProductOptionsFacts, optionId: string): OptionOfProduct | undefined {
  return product!.product_options.find((one) => one.product_option_id === optionId)
}

function refuseMissing({ values }: KnownProductOption, ids: readonly string[]): void {
  const missing = ids.filter((id) => !values.some((value) => value.id === id))
  if (missing.length > 0) throw new Problem('not_found', `ProductOptionValue id not found: ${missing.join(', ')}`)
}

function refuseUsed({ product }: ProductOptionsFacts, valueIds: readonly string[]): void {
  const used = new Set(product!.variants.flatMap(({ options }) => options.map(({ id }) => id)))
  const inUse = valueIds.find((id) => used.has(id))
  if (inUse) {
    const text = `Product Option Value with id: ${inUse} cannot be removed: variants of the product have it`
    throw new Problem('not_allowed', text)
  }
}
