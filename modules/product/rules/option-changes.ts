/** The writes that create, update and delete options and their values. Pure. */

import type { Change, New } from '../../../framework/model/model.ts'
import { nothingToUpdate, Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductOption, ProductOptionValue } from '../models.ts'

export interface OptionFields {
  title: string
  /** Replaces the values of the option. */
  values: string[]
  /** Value → rank. */
  ranks?: Record<string, number> | undefined
  is_exclusive?: boolean | undefined
  metadata?: Record<string, unknown> | null | undefined
}
export type NewProductOption = OptionFields
export type OptionChange = Partial<OptionFields> & { id: string }
export type ValueChange = Omit<Change<typeof ProductOptionValue>, 'option_id' | 'rank'> & { option_id: string }

/** An option as it is. */
interface OptionFacts {
  id: string
  products: readonly unknown[]
  values: { id: string; value: string; rank: number | null }[]
}

export interface OptionsFacts {
  options: OptionFacts[]
  /** The ids of values that variants have. */
  used: ReadonlySet<string>
}

export interface OptionRows {
  options: New<typeof ProductOption>[]
  values: New<typeof ProductOptionValue>[]
  changedOptions: Change<typeof ProductOption>[]
  changedValues: Change<typeof ProductOptionValue>[]
  deletedOptions: string[]
  deletedValues: string[]
}

const NOTHING: OptionRows = {
  options: [],
  values: [],
  changedOptions: [],
  changedValues: [],
  deletedOptions: [],
  deletedValues: [],
}

export function newOptionRows(given: readonly NewProductOption[], newId: MakeId): OptionRows {
  const rows = given.map(({ values, ranks, ...own }) => {
    const option = { ...own, id: newId('opt') }
    return { option, values: newValues(option.id, values, ranks, newId) }
  })
  return { ...NOTHING, options: rows.map(({ option }) => option), values: rows.flatMap(({ values }) => values) }
}

/** @throws Problem `not_found` if an option does not exist, `not_allowed` if variants have a value that is removed. */
export function changedOptions(facts: OptionsFacts, changes: readonly OptionChange[], newId: MakeId): OptionRows {
  const parts = changes.map(({ values, ranks, ...own }) => {
    const option = optionOf(facts, own.id)
    if (own.is_exclusive && option.products.length > 1)
      throw new Problem('not_allowed', `Product Option with id: ${own.id} is used by several products`)
    const kept = option.values.filter(({ value }) => values?.includes(value) ?? true)
    const deleted = option.values.filter((one) => !kept.includes(one)).map(({ id }) => id)
    refuseUsed(facts, deleted)
    const added = (values ?? []).filter((value) => !kept.some((one) => one.value === value))
    return {
      own,
      deleted,
      values: newValues(own.id, added, ranks, newId),
      ranked: kept.flatMap(({ id, value, rank }) => {
        const wanted = ranks?.[value] ?? rank
        return wanted === rank ? [] : [{ id, rank: wanted }]
      }),
    }
  })
  return {
    ...NOTHING,
    changedOptions: parts.map(({ own }) => own),
    values: parts.flatMap(({ values }) => values),
    changedValues: parts.flatMap(({ ranked }) => ranked),
    deletedValues: parts.flatMap(({ deleted }) => deleted),
  }
}

/** Deletes options with their values. @throws Problem `not_allowed` if variants have one of these. */
export function deletedOptions(facts: OptionsFacts, ids: readonly string[]): OptionRows {
  const values = ids.flatMap((id) => optionOf(facts, id).values)
  refuseUsed(
    facts,
    values.map(({ id }) => id),
  )
  return { ...NOTHING, deletedOptions: [...ids] }
}

/** @throws Problem `not_found` if a value belongs to another option. */
export function changedOptionValues(facts: OptionsFacts, changes: readonly ValueChange[]): OptionRows {
  for (const { option_id, id } of changes) refuseOther(facts, option_id, [id])
  return { ...NOTHING, changedValues: changes.map(({ option_id: _, ...own }) => own) }
}

/** @throws Problem `not_found` if a value belongs to another option, `not_allowed` if variants have it. */
export function deletedOptionValues(facts: OptionsFacts, given: { option_id: string; ids: string[] }): OptionRows {
  refuseOther(facts, given.option_id, given.ids)
  refuseUsed(facts, given.ids)
  return { ...NOTHING, deletedValues: given.ids }
}

function newValues(option_id: string, values: readonly string[], ranks: OptionFields['ranks'], newId: MakeId) {
  const distinct = [...new Set(values)]
  return distinct.map((value) => ({ id: newId('optval'), value, rank: ranks?.[value] ?? null, option_id }))
}

function optionOf({ options }: OptionsFacts, id: string): OptionFacts {
  const option = options.find((one) => one.id === id)
  if (!option) throw nothingToUpdate('Product Option', id)
  return option
}

function refuseOther(facts: OptionsFacts, optionId: string, ids: readonly string[]): void {
  const { values } = optionOf(facts, optionId)
  const other = ids.find((id) => !values.some((one) => one.id === id))
  if (other) throw new Problem('not_found', `Product Option Value with id: ${other} was not found`)
}

function refuseUsed({ used }: OptionsFacts, ids: readonly string[]): void {
  const inUse = ids.find((id) => used.has(id))
  if (inUse) {
    const text = `Product Option Value with id: ${inUse} cannot be deleted: there are variants that have it`
    throw new Problem('not_allowed', text)
  }
}
