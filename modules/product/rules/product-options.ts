/** Which options a product has, and which of their values it uses: what is written where that changes. Pure. */

import type { New } from '../../../framework/model/model.ts'
import { changedMeanwhile, Problem } from '../../../framework/problem.ts'
import { isSame } from '../../../framework/same-ids.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductProductOption, ProductProductOptionValue } from '../models.ts'
import type { OptionRows } from './option-changes.ts'

/** A value by its id, or by what it says: new where the option has none that says so. */
export type GivenValue = string | { value: string }

/** Of one product. An option is given by its id, with those of its values that the product uses where that is not all. */
export interface ProductOptionsChange {
  product_id: string
  /** Options that are made with the change. */
  created: Pick<OptionRows, 'options' | 'values'>
  add: (string | { id: string; value_ids: GivenValue[] })[]
  /** Ids of options. */
  remove: string[]
  /** Those of them that are the product's own, as whoever asks has seen it: they go. */
  leaving: string[]
  update: { product_option_id: string; add: GivenValue[]; remove: string[] }[]
}

export interface OptionOfProduct {
  id: string
  product_option_id: string
  value_links: { id: string; product_option_value_id: string }[]
}

/** An option, and whose it is. */
export interface OwnedOption {
  id: string
  is_exclusive: boolean
  products: { id: string }[]
}

export interface KnownProductOption extends OwnedOption {
  values: { id: string; value: string }[]
}

export interface ProductOptionsFacts {
  /** Undefined where there is no such product. */
  product?: { id: string; product_options: OptionOfProduct[]; variants: { options: { id: string }[] }[] }
  /** All options that the change speaks of. */
  options: KnownProductOption[]
}

/** The rows of one step. */
export interface ProductOptionRows extends Pick<OptionRows, 'options' | 'values' | 'deletedOptions'> {
  /** Of the product. */
  links: New<typeof ProductProductOption>[]
  valueLinks: New<typeof ProductProductOptionValue>[]
  deletedLinks: string[]
  deletedValueLinks: string[]
}

/**
 * @throws Problem `not_found` where the product, an option or a value is not there, `not_allowed` where variants of the product
 *   have what is removed, or where an option is another product's own, `conflict` where others would go than those that are `leaving`.
 */
export function changedProductOptions(
  known: ProductOptionsFacts,
  change: ProductOptionsChange,
  newId: MakeId,
): ProductOptionRows {
  if (!known.product) throw new Problem('not_found', `Product with id: ${change.product_id} was not found`)
  const facts = { ...known, options: [...known.options, ...madeOptions(change)] }
  const deletedOptions = optionsGivenUp(known.options, change)
  if (!isSame(deletedOptions, change.leaving)) throw changedMeanwhile('Product', change.product_id)
  const { options, values } = change.created
  const rows: ProductOptionRows = {
    ...{ options: [...options], values: [...values], links: [], valueLinks: [], deletedValueLinks: [] },
    deletedLinks: removedLinks(facts, change.remove),
    deletedOptions,
  }
  const makers = { facts, rows, newId, product_id: change.product_id }
  for (const one of change.add) addOption(makers, one)
  for (const one of change.update) changeValues(makers, one)
  return rows
}

/** The options that a product gives up and that no other has, as they are its own. */
export function optionsGivenUp(
  options: readonly OwnedOption[],
  { product_id, add, remove }: Pick<ProductOptionsChange, 'product_id' | 'add' | 'remove'>,
): string[] {
  const kept = add.map(idOf)
  const given = options.filter(({ id }) => remove.includes(id) && !kept.includes(id))
  const own = given.filter(({ is_exclusive, products }) => is_exclusive && products.some(({ id }) => id === product_id))
  return own.filter(({ products }) => products.every(({ id }) => id === product_id)).map(({ id }) => id)
}

const idOf = (given: ProductOptionsChange['add'][number]) => (typeof given === 'string' ? given : given.id)

interface Makers {
  facts: ProductOptionsFacts
  rows: ProductOptionRows
  newId: MakeId
  product_id: string
}

function addOption(makers: Makers, given: ProductOptionsChange['add'][number]): void {
  const { facts, rows, newId, product_id } = makers
  const { id, valueIds } = knownOption(makers, given)
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

function knownOption(makers: Makers, given: ProductOptionsChange['add'][number]): { id: string; valueIds: string[] } {
  const option = optionOf(makers.facts, idOf(given))
  const isAnothers = option.is_exclusive && option.products.some(({ id }) => id !== makers.product_id)
  if (isAnothers) throw new Problem('not_allowed', `Product Option with id: ${option.id} is another product's own`)
  if (typeof given === 'string') return { id: option.id, valueIds: option.values.map((value) => value.id) }
  return { id: option.id, valueIds: valueIdsOf(makers, option, given.value_ids) }
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
  const { facts, rows } = makers
  const option = optionOf(facts, product_option_id)
  const link = linkOf(facts, product_option_id)
  if (!link) throw new Problem('not_found', `Product Option with id: ${product_option_id} is not one of the product's`)
  refuseUsed(facts, remove)
  const gone = link.value_links.filter((one) => remove.includes(one.product_option_value_id))
  rows.deletedValueLinks.push(...gone.map(({ id }) => id))
  const value_links = link.value_links.filter((one) => !gone.includes(one))
  linkValues(makers, { ...link, value_links }, valueIdsOf(makers, option, add))
}

/** What the option does not have yet, it gets. */
function valueIdsOf({ rows, newId }: Makers, option: KnownProductOption, given: readonly GivenValue[]): string[] {
  const ids = given.map((one) => {
    if (typeof one === 'string') return one
    const there = option.values.find(({ value }) => value === one.value)
    if (there) return there.id
    const made = { id: newId('optval'), value: one.value, rank: null, option_id: option.id }
    option.values.push(made)
    rows.values.push(made)
    return made.id
  })
  refuseMissing(option, ids)
  return ids
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
