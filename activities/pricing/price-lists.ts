import { decide } from '../../framework/activities/decide.ts'
import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
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
import { shape } from '../../query/shape.ts'

export interface ProductsInList {
  price_list_id: string
  product_ids: string[]
}

const PriceList = shape('price_list', { id: true })
const Price = shape('price', { id: true })
const PriceSetOfVariant = shape('product_variant_price_set', { variant_id: true, price_set_id: true })

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
        lists: idsOf(await query.find(PriceList, { id: price_list_id })),
        sets: await priceSetsOf(query, [...create, ...update]),
        prices: idsOf(await query.find(Price, { price_list_id, id: [...idsOf(update), ...deleted] })),
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
        lists: idsOf(await query.find(PriceList, { id: price_list_id })),
        prices: idsOf(await query.find(Price, { price_list_id, price_set: { variant: { product_id: product_ids } } })),
      }),
      rule: pricesOfProducts,
      write: ({ pricing }, changes) => pricing.changePrices(changes),
    }),
  },
})

function priceSetsOf(query: Query, prices: readonly { variant_id: string }[]) {
  return query.find(PriceSetOfVariant, { variant_id: prices.map(({ variant_id }) => variant_id), variant: {} })
}
