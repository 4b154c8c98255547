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
  is_exclusive: boolean
  values: Value[]
}

interface Value {
  id: string
  value: string
}

/** A product's options, and which of their values it uses. */
interface CurrentOptions {
  options: CurrentOption[]
  product_options: { product_option_id: string; values: Value[] }[]
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
  const listing = { fields: FIELDS, filters: { id: product_id }, limit: 1 }
  const { rows } = await read.query<CurrentOptions>('product', listing)
  return stepsTo(product_id, rows[0] ?? { options: [], product_options: [] }, given)
}

const FIELDS = [
  ...['options.id', 'options.title', 'options.is_exclusive', 'options.values.id', 'options.values.value'],
  ...['product_options.product_option_id', 'product_options.values.id', 'product_options.values.value'],
]

function stepsTo(product_id: string, { options: current, product_options }: CurrentOptions, given: GivenOption[]) {
  const usedOf = (id: string) => product_options.find((one) => one.product_option_id === id)?.values ?? []
  const before: Required<LinkProductOptionsInput> = { product_id, add: [], remove: [], update: [] }
  const after: Required<LinkProductOptionsInput> = { product_id, add: [], remove: [], update: [] }
  const kept = new Set<string>()
  for (const option of given) {
    const known = current.find(({ id, title }) => (option.id ? id === option.id : title === option.title))
    if (known) {
      kept.add(known.id)
      const { values } = option
      if (!values) continue
      const { add, remove } = differenceOf(known, usedOf(known.id), values)
      if (add.length > 0) before.update.push({ product_option_id: known.id, add, remove: [] })
      if (remove.length > 0) after.update.push({ product_option_id: known.id, add: [], remove })
    } else if (option.id) {
      before.add.push(option.values ? { id: option.id, value_ids: valuesOf(option.values) } : option.id)
    } else {
      before.add.push({ title: option.title ?? '', values: option.values ?? [] })
    }
  }
  after.remove.push(...current.filter(({ id }) => !kept.has(id)).map(({ id }) => id))
  return { before, after }
}

/** Of an option of its own a product may use all values, also those that it was not said to. */
function differenceOf({ is_exclusive, values: all }: CurrentOption, used: Value[], wanted: string[]) {
  const there = new Set(used.map(({ value }) => value))
  const add = valuesOf(wanted.filter((value) => !there.has(value)))
  const remove = (is_exclusive ? all : used).filter(({ value }) => !wanted.includes(value)).map(({ id }) => id)
  return { add, remove }
}

const valuesOf = (values: string[]) => values.map((value) => ({ value }))

/** Whether there is anything to do. */
export function changesOptions({ add = [], remove = [], update = [] }: LinkProductOptionsInput): boolean {
  return add.length + remove.length + update.length > 0
}
