/** Product options and their values. */
import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, deletes, lists, retrieves } from '../../../framework/http/routes.ts'
import {
  deleteProductOptionValues,
  updateProductOptionValues,
} from '../../../workflows/product/product-option-values.ts'
import {
  createProductOptions,
  deleteProductOptions,
  updateProductOptions,
} from '../../../workflows/product/product-options.ts'

const MAX_VALUES = 1000

/** The fields of a new option. */
export const optionFields = {
  title: z.string(),
  values: z.array(z.string()).max(MAX_VALUES),
  ranks: z.record(z.string(), z.number().int()).optional(),
  is_exclusive: z.boolean().optional(),
  metadata: metadata().optional(),
}
const representation: Representation = {
  entity: 'product_option',
  one: 'product_option',
  many: 'product_options',
  fields: {
    defaults: ['id', 'title', 'is_exclusive', 'values.*', 'products.*', 'created_at', 'updated_at', 'metadata'],
  },
}
const path = '/admin/product-options'

export const productOptions = resource({
  representation,
  path,
  list: { limit: 20, filters: { title: filter.text(), is_exclusive: filter.flag(), ...filter.dates() } },
  create: z.strictObject(optionFields).openapi('NewProductOption'),
  update: z.strictObject(optionFields).partial().openapi('ProductOptionChange'),
  workflows: { create: createProductOptions, update: updateProductOptions, delete: deleteProductOptions },
})

const optionValue: Representation = {
  entity: 'product_option_value',
  one: 'product_option_value',
  many: 'product_option_values',
  fields: { defaults: ['id', 'value', 'rank', 'option_id', 'created_at', 'updated_at', 'metadata'] },
  scope: (c) => ({ filters: { option_id: c.req.param('id')! } }),
}
const values = `${path}/{id}/values` as const
const one = { path: `${values}/{value_id}`, idParam: 'value_id' } as const

lists(productOptions, optionValue, {
  path: values,
  summary: 'List the values of a product option',
  limit: 20,
  filters: { value: filter.text(), ...filter.dates() },
})
retrieves(productOptions, optionValue, one)
changes(productOptions, optionValue, {
  ...one,
  body: z.strictObject({ value: z.string(), metadata: metadata() }).partial().openapi('ProductOptionValueChange'),
  run: (c, body, { id, value_id }) =>
    c.var.run(updateProductOptionValues, { product_option_values: [{ ...body, id: value_id, option_id: id }] }),
})
deletes(productOptions, optionValue, {
  ...one,
  run: (c, { id, value_id }) => c.var.run(deleteProductOptionValues, { option_id: id, ids: [value_id] }),
})
