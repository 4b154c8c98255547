/** A list that replaces the options of a product, split into changes before and after those of its variants. Pure. */
import { Problem } from '../../../framework/problem.ts'
import type { ProductFacts } from './changed-products.ts'
import type { KnownProductOption, ProductOptionsChange } from './product-options.ts'

/** An option of the product by id or title, another existing one by id, or a new one. */
export interface GivenOption {
  id?: string | undefined
  title?: string | undefined
  /** Replaces the values that the product uses. */
  values?: string[] | undefined
}

export interface OptionSteps {
  /** Additions, which changed variants may need. */
  before: ProductOptionsChange
  /** Removals, which changed variants no longer need. */
  after: ProductOptionsChange
}

/** @throws Problem `invalid_data` if a title is given twice. */
export function optionSteps(
  product: Pick<ProductFacts, 'id' | 'product_options'>,
  known: readonly KnownProductOption[],
  given: readonly GivenOption[],
): OptionSteps {
  refuseTwice(given.flatMap(({ id, title }) => (id || title === undefined ? [] : [title])))
  const current = product.product_options.flatMap(({ product_option_id, value_links }) => {
    const option = known.find(({ id }) => id === product_option_id)
    return option ? [{ option, used: new Set(value_links.map((link) => link.product_option_value_id)) }] : []
  })
  const before = noChange(product.id)
  const after = noChange(product.id)
  const kept = new Set<string>()
  for (const { id, title, values } of given) {
    const found = current.find(({ option }) => (id ? id === option.id : title === option.title))
    if (found) {
      const { option, used } = found
      kept.add(option.id)
      if (!values) continue
      const { add, remove } = differenceOf(option, used, values)
      if (add.length > 0) before.update.push({ product_option_id: option.id, add, remove: [] })
      if (remove.length > 0) after.update.push({ product_option_id: option.id, add: [], remove })
    } else if (id) {
      before.add.push(values ? { id, value_ids: newValues(values) } : id)
    } else {
      before.add.push({ title: title ?? '', values: values ?? [] })
    }
  }
  after.remove.push(...current.filter(({ option }) => !kept.has(option.id)).map(({ option }) => option.id))
  return { before, after }
}

/** As for a new product: variants name their values by the titles of options. */
function refuseTwice(titles: readonly string[]): void {
  const twice = titles.find((title, i) => titles.indexOf(title) !== i)
  if (twice !== undefined) throw new Problem('invalid_data', `Product option with title: ${twice} is given twice`)
}

/** A product may use all values of its exclusive options, even if they were not selected. */
function differenceOf({ is_exclusive, values: all }: KnownProductOption, used: ReadonlySet<string>, wanted: string[]) {
  const usedValues = all.filter(({ id }) => used.has(id))
  const add = newValues(wanted.filter((value) => !usedValues.some((one) => one.value === value)))
  const remove = (is_exclusive ? all : usedValues).filter(({ value }) => !wanted.includes(value)).map(({ id }) => id)
  return { add, remove }
}

const newValues = (values: readonly string[]) => values.map((value) => ({ value }))

const noChange = (product_id: string): ProductOptionsChange => ({ product_id, add: [], remove: [], update: [] })
