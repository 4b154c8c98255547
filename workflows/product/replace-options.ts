/** The options that a product is to have, as what has to be done before its variants change, and after. */
import { read } from '../steps.ts'
import type { LinkProductOptionsInput } from './product-options.ts'

/** An option in a list of all that a product is to have: one that it has, by id or title; one that there is, by id; or a new one. */
export interface GivenOption {
  id?: string | undefined
  title?: string | undefined
  /** All values that the product is to use. */
  values?: string[] | undefined
}

interface CurrentOption {
  id: string
  title: string
  values: { id: string; value: string }[]
}

export interface OptionSteps {
  /** What variants may need. */
  before: LinkProductOptionsInput
  /** What they may have needed. */
  after: LinkProductOptionsInput
}

/** @param given absent where the options stay as they are. */
export async function optionSteps(
  product_id: string,
  given: GivenOption[] | undefined,
): Promise<OptionSteps | undefined> {
  if (given === undefined) return undefined
  const fields = ['options.id', 'options.title', 'options.values.id', 'options.values.value']
  const listing = { fields, filters: { id: product_id }, limit: 1 }
  const { rows } = await read.query<{ options: CurrentOption[] }>('product', listing)
  return stepsTo(product_id, rows[0]?.options ?? [], given)
}

function stepsTo(product_id: string, current: CurrentOption[], given: GivenOption[]): OptionSteps {
  const before: Required<LinkProductOptionsInput> = { product_id, add: [], remove: [], update: [] }
  const after: Required<LinkProductOptionsInput> = { product_id, add: [], remove: [], update: [] }
  const kept = new Set<string>()
  for (const option of given) {
    const known = current.find(({ id, title }) => (option.id ? id === option.id : title === option.title))
    if (known) {
      kept.add(known.id)
      const { values } = option
      if (!values) continue
      const there = new Set(known.values.map(({ value }) => value))
      const add = values.filter((value) => !there.has(value)).map((value) => ({ value }))
      const remove = known.values.filter(({ value }) => !values.includes(value)).map(({ id }) => id)
      if (add.length > 0) before.update.push({ product_option_id: known.id, add, remove: [] })
      if (remove.length > 0) after.update.push({ product_option_id: known.id, add: [], remove })
    } else if (option.id) before.add.push(option.id)
    else before.add.push({ title: option.title ?? '', values: option.values ?? [] })
  }
  after.remove.push(...current.filter(({ id }) => !kept.has(id)).map(({ id }) => id))
  return { before, after }
}

/** Whether there is anything to do. */
export function changesOptions({ add = [], remove = [], update = [] }: LinkProductOptionsInput): boolean {
  return add.length + remove.length + update.length > 0
}
