/** What is written where options and their values are made, changed or deleted. Pure. */

import type { Change, New } from '../../../framework/model/model.ts'
import { nothingToUpdate, Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductOption, ProductOptionValue } from '../models.ts'

interface Given {
  title: string
  /** All that it is to have, each once. */
  values: string[]
  /** Value → its rank. */
  ranks?: Record<string, number> | undefined
  is_exclusive?: boolean | undefined
  metadata?: Record<string, unknown> | null | undefined
}
export type NewProductOption = Given
export type OptionChange = Partial<Given> & { id: string }
export type ValueChange = Omit<Change<typeof ProductOptionValue>, 'option_id' | 'rank'> & { option_id: string }

/** An option as it is. */
interface OptionFacts {
  id: string
  products: readonly unknown[]
  values: { id: string; value: string; rank: number | null }[]
}

/** What there is, and which of the values variants have. */
export interface OptionsFacts {
  options: OptionFacts[]
  used: ReadonlySet<string>
}

/** The rows of one step. */
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

/** @throws Problem `not_found` where an option is not there, `not_allowed` where a value goes that variants have. */
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

/** With their values. @throws Problem `not_allowed` where variants have one of them. */
export function deletedOptions(facts: OptionsFacts, ids: readonly string[]): OptionRows {
  const values = ids.flatMap((id) => optionOf(facts, id).values)
  refuseUsed(
    facts,
    values.map(({ id }) => id),
  )
  return { ...NOTHING, deletedOptions: [...ids] }
}

/** @throws Problem `not_found` where it is no value of the option. */
export function changedOptionValues(facts: OptionsFacts, changes: readonly ValueChange[]): OptionRows {
  for (const { option_id, id } of changes) refuseOther(facts, option_id, [id])
  return { ...NOTHING, changedValues: changes.map(({ option_id: _, ...own }) => own) }
}

/** @throws Problem `not_found` where it is no value of the option, `not_allowed` where variants have it. */
export function deletedOptionValues(facts: OptionsFacts, given: { option_id: string; ids: string[] }): OptionRows {
  refuseOther(facts, given.option_id, given.ids)
  refuseUsed(facts, given.ids)
  return { ...NOTHING, deletedValues: given.ids }
}

function newValues(option_id: string, values: readonly string[], ranks: Given['ranks'], newId: MakeId) {
  const each = [...new Set(values)]
  return each.map((value) => ({ id: newId('optval'), value, rank: ranks?.[value] ?? null, option_id }))
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
