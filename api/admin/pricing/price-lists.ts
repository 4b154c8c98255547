import { date, metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { batches, changes, lists } from '../../../framework/http/routes.ts'
import { batchPriceListPrices } from '../../../workflows/pricing/batch-price-list-prices.ts'
import { createPriceLists, deletePriceLists, updatePriceLists } from '../../../workflows/pricing/price-lists.ts'
import { removeProductsFromPriceList } from '../../../workflows/pricing/remove-products-from-price-list.ts'

const path = '/admin/price-lists'
const priceList: Representation = {
  entity: 'price_list',
  one: 'price_list',
  many: 'price_lists',
  fields: {
    defaults: [
      ...['id', 'type', 'description', 'title', 'status', 'starts_at', 'ends_at', 'created_at', 'updated_at'],
      ...['deleted_at', 'metadata', 'rules'],
    ],
  },
}
const price: Representation = {
  entity: 'price',
  one: 'price',
  many: 'prices',
  fields: {
    defaults: [
      ...['id', 'currency_code', 'amount', 'min_quantity', 'max_quantity', 'created_at', 'deleted_at', 'updated_at'],
      ...['variant_id', 'rules'],
    ],
  },
  scope: (c) => ({ filters: { price_list_id: c.req.param('id')! } }),
}

const time = () => date().nullish()
const quantity = () => z.number().min(0).nullish()
const ListPrice = z.object({
  currency_code: z.string().length(3),
  amount: z.number().min(0),
  variant_id: z.string(),
  min_quantity: quantity(),
  max_quantity: quantity(),
  rules: z.record(z.string(), z.string()).optional(),
})
const ListPriceChange = ListPrice.partial({ currency_code: true, amount: true }).extend({ id: z.string() })
const fields = {
  title: z.string(),
  starts_at: time(),
  ends_at: time(),
  status: z.enum(['active', 'draft']).optional(),
  type: z.enum(['sale', 'override']).optional(),
  rules: z.record(z.string(), z.array(z.string()).max(1000)).optional(),
  metadata: metadata().optional(),
}
const NewPriceList = z.strictObject({
  ...fields,
  description: z.string(),
  prices: z.array(ListPrice).max(10_000).optional(),
})
const PriceListChange = z.strictObject({ ...fields, description: z.string().nullish() }).partial()

export const priceLists = resource({
  representation: priceList,
  path,
  list: {
    filters: {
      starts_at: filter.date(),
      ends_at: filter.date(),
      status: filter.many(z.enum(['active', 'draft'])),
      rules_count: filter.many(z.coerce.number().int()),
    },
  },
  create: NewPriceList.openapi('NewPriceList'),
  update: PriceListChange.openapi('PriceListChange'),
  workflows: { create: createPriceLists, update: updatePriceLists, delete: deletePriceLists },
})

lists(priceLists, price, { path: `${path}/{id}/prices`, summary: 'List the prices of a price list' })

batches(priceLists, price, {
  path: `${path}/{id}/prices/batch`,
  summary: 'Create, update and delete prices of a price list',
  create: ListPrice,
  update: ListPriceChange,
  run: (c, batch, { id }) => c.var.run(batchPriceListPrices, { ...batch, id }),
})

changes(priceLists, priceList, {
  path: `${path}/{id}/products`,
  summary: 'Remove products from a price list',
  description: 'Deletes all prices of the list for variants of these products.',
  body: z.strictObject({ remove: z.array(z.string()).max(1000).optional() }),
  run: (c, { remove = [] }, { id }) => c.var.run(removeProductsFromPriceList, { id, product_ids: remove }),
})
