import { decide } from '../../framework/activities/decide.ts'
import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Filters, Query } from '../../framework/query.ts'
import { pricing } from '../../modules/pricing/index.ts'
import {
  changesInList,
  type ListChange,
  listChange,
  pricesOfProducts,
} from '../../modules/pricing/rules/list-changes.ts'
import {
  inPriceSets,
  type NewPriceList,
  newPriceLists,
  type PriceListFields,
  priceListChanges,
} from '../../modules/pricing/rules/price-lists.ts'

interface ProductsInList {
  price_list_id: string
  product_ids: string[]
}

export const priceListActivities = defineActivities(pricing, {
  write: ['setPricePreferences', ...crudMethods('PricePreferences'), 'deletePriceLists'],
  decide: {
    createPriceLists: decide({
      modules: { pricing },
      facts: (query, lists: NewPriceList[]) =>
        priceSetsOf(
          query,
          lists.flatMap(({ prices = [] }) => prices),
        ),
      rule: (sets, lists, newId) => {
        const { prices, ...rows } = newPriceLists(lists, newId)
        return { ...rows, prices: inPriceSets(prices, sets) }
      },
      write: ({ pricing }, rows) => pricing.createPriceLists(rows),
      events: ({ price_lists }) => ({ 'pricing.price-list.created': idsOf(price_lists) }),
    }),
    updatePriceLists: decide({
      modules: { pricing },
      rule: (_, lists: (PriceListFields & { id: string })[], newId) => priceListChanges(lists, newId),
      write: ({ pricing }, changes) => pricing.updatePriceLists(changes),
      events: (_, lists) => ({ 'pricing.price-list.updated': idsOf(lists) }),
    }),
    changePriceListPrices: decide({
      modules: { pricing },
      lock: ({ price_list_id }: ListChange) => ({ price_list: [price_list_id] }),
      facts: async (query, { price_list_id, create, update, delete: deleted }) => ({
        lists: await listsOf(query, price_list_id),
        sets: await priceSetsOf(query, [...create, ...update]),
        prices: await pricesOf(query, [...idsOf(update), ...deleted], (id) => ({ price_list_id, id })),
      }),
      rule: (facts, change, newId) => changesInList(facts, listChange(change, newId)),
      write: async ({ pricing }, changes) => {
        await pricing.changePrices(changes)
        return { created: idsOf(changes.prices), updated: idsOf(changes.updated) }
      },
    }),
    removeProductsFromPriceList: decide({
      modules: { pricing },
      lock: ({ price_list_id }: ProductsInList) => ({ price_list: [price_list_id] }),
      facts: async (query, { price_list_id, product_ids }) => ({
        lists: await listsOf(query, price_list_id),
        prices: await pricesOf(query, product_ids, (product_id) => ({
          price_list_id,
          price_set: { variant: { product_id } },
        })),
      }),
      rule: pricesOfProducts,
      write: ({ pricing }, changes) => pricing.changePrices(changes),
    }),
  },
})

function priceSetsOf(query: Query, prices: readonly { variant_id: string }[]) {
  return rowsById<{ variant_id: string; price_set_id: string }>(
    query,
    'product_variant_price_set',
    prices.map(({ variant_id }) => variant_id),
    ['variant_id', 'price_set_id'],
    (variant_id) => ({ variant_id, variant: {} }),
  )
}

const listsOf = async (query: Query, id: string) =>
  idsOf(await rowsById<{ id: string }>(query, 'price_list', [id], ['id']))

const pricesOf = async (query: Query, ids: string[], where: (ids: string[]) => Filters) =>
  idsOf(await rowsById<{ id: string }>(query, 'price', ids, ['id'], where))
