/** The writes that change the options of a product and the values that it uses. Pure. */

import { idsOf } from '../../../framework/ids-of.ts'
import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductProductOption, ProductProductOptionValue } from '../models.ts'
import { type NewProductOption, newOptionRows, type OptionRows } from './option-changes.ts'

/** An id of a value, or a value, which is created if the option does not have it. */
export type GivenValue = string | { value: string }

export interface ProductOptionsChange {
  product_id: string
  /** Ids of options, optionally with the values that the product uses (default: all), and new options. */
  add: (string | { id: string; value_ids: GivenValue[] } | NewProductOption)[]
  /** Ids of options. */
  remove: string[]
  /** Values to use, and ids of values to use no longer. */
  update: { product_option_id: string; add: GivenValue[]; remove: string[] }[]
}

export interface OptionOfProduct {
  id: string
  product_option_id: string
  value_links: { id: string; product_option_value_id: string }[]
}

/** An option with its products. */
export interface OwnedOption {
  id: string
  is_exclusive: boolean
  products: { id: string }[]
}

export interface KnownProductOption extends OwnedOption {
  title: string
  values: { id: string; value: string }[]
}

export interface ProductOptionsFacts {
  /** Undefined if it does not exist. */
  product?: { id: string; product_options: OptionOfProduct[]; variants: { options: { id: string }[] }[] } | undefined
  /** The existing options of the change. Values that are created are also added here. */
  options: KnownProductOption[]
}

export interface ProductOptionRows extends Pick<OptionRows, 'options' | 'values' | 'deletedOptions'> {
  /** Links of the product. */
  links: New<typeof ProductProductOption>[]
  valueLinks: New<typeof ProductProductOptionValue>[]
  deletedLinks: string[]
  deletedValueLinks: string[]
}

/** The ids of existing options in a change. */
export function existingOptions({ add, remove, update }: Omit<ProductOptionsChange, 'product_id'>): string[] {
  const added = add.filter(isExisting).map(idOf)
  return [...added, ...remove, ...update.map((one) => one.product_option_id)]
}

/**
 * @throws Problem `not_found` if the product, an option or a value does not exist, `not_allowed` if variants of the product have
 *   what is removed, or an option is another product's own.
 */
export function changedProductOptions(
  { product, options: existing }: ProductOptionsFacts,
  { product_id, ...change }: ProductOptionsChange,
  newId: MakeId,
): ProductOptionRows {
  if (!product) throw new Problem('not_found', `Product with id: ${product_id} was not found`)
  const created = newOptionRows(
    change.add.filter(isNew).map((one) => ({ ...one, is_exclusive: one.is_exclusive ?? true })),
    newId,
  )
  const facts = { product, options: [...existing, ...optionsFromRows(created)] }
  const add: ExistingOption[] = [...change.add.filter(isExisting), ...idsOf(created.options)]
  const rows: ProductOptionRows = {
    ...{ options: created.options, values: [...created.values], links: [], valueLinks: [], deletedValueLinks: [] },
    deletedLinks: removedLinks(facts, change.remove),
    deletedOptions: abandonedOptions(existing, { product_id, add, remove: change.remove }),
  }
  const context = { facts, rows, newId, product_id }
  for (const one of add) addOption(context, one)
  for (const one of change.update) changeValues(context, one)
  return rows
}

const isNew = (one: ProductOptionsChange['add'][number]): one is NewProductOption =>
  typeof one === 'object' && 'title' in one

const isExisting = (one: ProductOptionsChange['add'][number]): one is ExistingOption => !isNew(one)

type ExistingOption = Exclude<ProductOptionsChange['add'][number], NewProductOption>

/** The exclusive options that are removed from the product and belong to no other. */
function abandonedOptions(
  options: readonly OwnedOption[],
  { product_id, add, remove }: { product_id: string; add: ExistingOption[]; remove: string[] },
): string[] {
  const kept = add.map(idOf)
  const removed = options.filter(({ id }) => remove.includes(id) && !kept.includes(id))
  const own = removed.filter(
    ({ is_exclusive, products }) => is_exclusive && products.some(({ id }) => id === product_id),
  )
  return own.filter(({ products }) => products.every(({ id }) => id === product_id)).map(({ id }) => id)
}

const idOf = (given: ExistingOption) => (typeof given === 'string' ? given : given.id)

interface ChangeContext {
  facts: ProductOptionsFacts & { product: NonNullable<ProductOptionsFacts['product']> }
  rows: ProductOptionRows
  newId: MakeId
  product_id: string
}

function addOption(context: ChangeContext, given: ExistingOption): void {
  const { facts, rows, newId, product_id } = context
  const { id, valueIds } = knownOption(context, given)
  const known = linkOf(facts, id)
  if (known && !rows.deletedLinks.includes(known.id)) {
    linkValues(context, known, valueIds)
    return
  }
  const added = rows.links.find((link) => link.product_option_id === id)
  const link = added ?? { id: newId('prodopt'), product_id, product_option_id: id }
  if (!added) rows.links.push(link)
  linkValues(context, { id: link.id, value_links: [] }, valueIds)
}

function knownOption(context: ChangeContext, given: ExistingOption): { id: string; valueIds: string[] } {
  const option = optionOf(context.facts, idOf(given))
  const isAnothers = option.is_exclusive && option.products.some(({ id }) => id !== context.product_id)
  if (isAnothers) throw new Problem('not_allowed', `Product Option with id: ${option.id} is another product's own`)
  if (typeof given === 'string') return { id: option.id, valueIds: option.values.map((value) => value.id) }
  return { id: option.id, valueIds: valueIdsOf(context, option, given.value_ids) }
}

/** New options in the form of existing ones. */
export function optionsFromRows({
  options,
  values,
}: Pick<ProductOptionRows, 'options' | 'values'>): KnownProductOption[] {
  return options.map(({ id, title, is_exclusive = false }) => {
    return { id, title, is_exclusive, products: [], values: values.filter(({ option_id }) => option_id === id) }
  })
}

function changeValues(
  context: ChangeContext,
  { product_option_id, add, remove }: ProductOptionsChange['update'][number],
): void {
  const { facts, rows } = context
  const option = optionOf(facts, product_option_id)
  const link = linkOf(facts, product_option_id)
  if (!link) throw new Problem('not_found', `Product Option with id: ${product_option_id} is not one of the product's`)
  refuseUsed(facts, remove)
  const removed = link.value_links.filter((one) => remove.includes(one.product_option_value_id))
  rows.deletedValueLinks.push(...removed.map(({ id }) => id))
  const value_links = link.value_links.filter((one) => !removed.includes(one))
  linkValues(context, { ...link, value_links }, valueIdsOf(context, option, add))
}

/** Creates values that the option does not have. */
function valueIdsOf(
  { rows, newId }: ChangeContext,
  option: KnownProductOption,
  given: readonly GivenValue[],
): string[] {
  const ids = given.map((one) => {
    if (typeof one === 'string') return one
    const existing = option.values.find(({ value }) => value === one.value)
    if (existing) return existing.id
    const created = { id: newId('optval'), value: one.value, rank: null, option_id: option.id }
    option.values.push(created)
    rows.values.push(created)
    return created.id
  })
  refuseMissing(option, ids)
  return ids
}

function linkValues(
  { rows, newId }: ChangeContext,
  link: Pick<OptionOfProduct, 'id' | 'value_links'>,
  ids: string[],
): void {
  const added = rows.valueLinks.filter((one) => one.product_product_option_id === link.id)
  const linked = new Set([...link.value_links, ...added].map((one) => one.product_option_value_id))
  for (const product_option_value_id of new Set(ids)) {
    if (linked.has(product_option_value_id)) continue
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
  return product?.product_options.find((one) => one.product_option_id === optionId)
}

function refuseMissing({ values }: KnownProductOption, ids: readonly string[]): void {
  const missing = ids.filter((id) => !values.some((value) => value.id === id))
  if (missing.length > 0) throw new Problem('not_found', `ProductOptionValue id not found: ${missing.join(', ')}`)
}

function refuseUsed({ product }: ProductOptionsFacts, valueIds: readonly string[]): void {
  const used = new Set((product?.variants ?? []).flatMap(({ options }) => options.map(({ id }) => id)))
  const inUse = valueIds.find((id) => used.has(id))
  if (inUse) {
    const text = `Product Option Value with id: ${inUse} cannot be removed: variants of the product have it`
    throw new Problem('not_allowed', text)
  }
}
