import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { product } from '../../modules/product/index.ts'
import {
  changedOptions,
  changedOptionValues,
  deletedOptions,
  deletedOptionValues,
  type NewProductOption,
  newOptionRows,
  type OptionChange,
  type OptionsFacts,
  type ValueChange,
} from '../../modules/product/rules/option-changes.ts'
import {
  changedProductOptions,
  existingOptions,
  type ProductOptionsChange,
  type ProductOptionsFacts,
} from '../../modules/product/rules/product-options.ts'
import { shape } from '../../query/shape.ts'
import { OptionOfProducts, optionsInUse } from './option-shapes.ts'

export const productOptionActivities = defineActivities(product, {
  decide: {
    createProductOptions: decide({
      modules: { product },
      rule: (_, options: NewProductOption[], newId) => newOptionRows(options, newId),
      write: async ({ product }, rows) => {
        await product.changeOptions(rows)
        return idsOf(rows.options)
      },
      events: ({ options }) => ({ 'product-option.created': idsOf(options) }),
    }),
    updateProductOptions: decide({
      modules: { product },
      lock: (changes: OptionChange[]) => ({ product_option: idsOf(changes) }),
      facts: (query, changes) => optionsFacts(query, idsOf(changes)),
      rule: changedOptions,
      write: ({ product }, rows) => product.changeOptions(rows),
      events: (_, changes) => ({ 'product-option.updated': idsOf(changes) }),
    }),
    deleteProductOptions: decide({
      modules: { product },
      lock: (ids: string[]) => ({ product_option: ids }),
      facts: optionsFacts,
      rule: deletedOptions,
      write: ({ product }, rows) => product.changeOptions(rows),
      events: (_, ids) => ({ 'product-option.deleted': ids }),
    }),
    updateProductOptionValues: decide({
      modules: { product },
      lock: (changes: ValueChange[]) => ({ product_option: optionsOf(changes) }),
      facts: (query, changes) => optionsFacts(query, optionsOf(changes)),
      rule: changedOptionValues,
      write: ({ product }, rows) => product.changeOptions(rows),
      events: (_, changes) => ({ 'product-option-value.updated': idsOf(changes) }),
    }),
    deleteProductOptionValues: decide({
      modules: { product },
      lock: ({ option_id }: { option_id: string; ids: string[] }) => ({ product_option: [option_id] }),
      facts: (query, { option_id }) => optionsFacts(query, [option_id]),
      rule: deletedOptionValues,
      write: ({ product }, rows) => product.changeOptions(rows),
      events: (_, { ids }) => ({ 'product-option-value.deleted': ids }),
    }),
    linkProductOptions: decide({
      modules: { product },
      lock: (change: ProductOptionsChange) => ({
        product: [change.product_id],
        product_option: existingOptions(change),
      }),
      facts: productOptionsFacts,
      rule: changedProductOptions,
      write: async ({ product }, rows) => {
        await product.changeProductOptions(rows)
        return { deletedOptions: rows.deletedOptions }
      },
      events: ({ options, deletedOptions }, { product_id }) => ({
        'product.updated': [product_id],
        'product-option.created': idsOf(options),
        'product-option.deleted': deletedOptions,
      }),
    }),
  },
})

const optionsOf = (values: ValueChange[]) => values.map(({ option_id }) => option_id)

const OptionWithValues = shape('product_option', {
  id: true,
  products: [{ id: true }],
  values: [{ id: true, value: true, rank: true }],
})
const Value = shape('product_option_value', { id: true })

async function optionsFacts(query: Query, ids: string[]): Promise<OptionsFacts> {
  const options = await query.find(OptionWithValues, { id: ids })
  const used = await query.find(Value, { option_id: ids, variants: {} })
  return { options, used: new Set(idsOf(used)) }
}

const ProductWithOptions = shape('product', {
  id: true,
  product_options: optionsInUse,
  variants: [{ options: [{ id: true }] }],
})

async function productOptionsFacts(query: Query, change: ProductOptionsChange): Promise<ProductOptionsFacts> {
  return {
    product: await query.first(ProductWithOptions, { id: change.product_id }),
    options: await query.find(OptionOfProducts, { id: existingOptions(change) }),
  }
}
