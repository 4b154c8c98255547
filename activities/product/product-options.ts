import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import type { Query } from '../../framework/query.ts'
import { product } from '../../modules/product/index.ts'
import {
  changedOptions,
  changedOptionValues,
  deletedOptions,
  deletedOptionValues,
  type OptionChange,
  type OptionFacts,
  type OptionRows,
  type OptionsFacts,
  type ValueChange,
} from '../../modules/product/rules/option-changes.ts'
import {
  changedProductOptions,
  type KnownProductOption,
  type ProductOptionsChange,
  type ProductOptionsFacts,
} from '../../modules/product/rules/product-options.ts'
import type { ProductService } from '../../modules/product/service.ts'

const write = (options: ProductService, rows: OptionRows) => options.changeOptions(rows)

export const productOptionActivities = defineActivities(product, {
  write: ['changeOptions'],
  decide: {
    updateProductOptions: decide({
      lock: (changes: OptionChange[]) => ({ product_option: idsOf(changes) }),
      facts: (query, changes) => optionsFacts(query, idsOf(changes)),
      rule: changedOptions,
      write,
    }),
    deleteProductOptions: decide({
      lock: (ids: string[]) => ({ product_option: ids }),
      facts: optionsFacts,
      rule: deletedOptions,
      write,
    }),
    updateProductOptionValues: decide({
      lock: (changes: ValueChange[]) => ({ product_option: changes.map(({ option_id }) => option_id) }),
      facts: (query, changes) =>
        optionsFacts(
          query,
          changes.map(({ option_id }) => option_id),
        ),
      rule: changedOptionValues,
      write,
    }),
    deleteProductOptionValues: decide({
      lock: ({ option_id }: { option_id: string; ids: string[] }) => ({ product_option: [option_id] }),
      facts: (query, { option_id }) => optionsFacts(query, [option_id]),
      rule: deletedOptionValues,
      write,
    }),
    changeProductOptions: decide({
      lock: (change: ProductOptionsChange) => ({ product: [change.product_id], product_option: optionsIn(change) }),
      facts: productOptionsFacts,
      rule: changedProductOptions,
      write: (options: ProductService, rows) => options.changeProductOptions(rows),
    }),
  },
})

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

async function optionsFacts(query: Query, ids: string[]): Promise<OptionsFacts> {
  const fields = ['id', 'products.id', 'values.id', 'values.value', 'values.rank']
  const options = await rowsById<OptionFacts>(query, 'product_option', ids, fields)
  const isUsed = (option_id: string[]) => ({ option_id, variants: { id: { $ne: null } } })
  const used = await rowsById<{ id: string }>(query, 'product_option_value', ids, ['id'], isUsed)
  return { options, used: new Set(idsOf(used)) }
}

/** Those that there are already. */
function optionsIn({ add, remove, update, created }: ProductOptionsChange): string[] {
  const added = add.map((one) => (typeof one === 'string' ? one : one.id))
  const made = new Set(idsOf(created.options))
  return [...added, ...remove, ...update.map((one) => one.product_option_id)].filter((id) => !made.has(id))
}

async function productOptionsFacts(query: Query, change: ProductOptionsChange): Promise<ProductOptionsFacts> {
  const ofProduct = ['id', 'product_options.*', 'product_options.value_links.*', 'variants.options.id']
  const [product] = await rowsById<NonNullable<ProductOptionsFacts['product']>>(
    query,
    'product',
    [change.product_id],
    ofProduct,
  )
  const fields = ['id', 'is_exclusive', 'products.id', 'values.id', 'values.value']
  const options = await rowsById<KnownProductOption>(query, 'product_option', optionsIn(change), fields)
  return { ...(product && { product }), options }
}
