import { decide } from '../framework/activities/decide.ts'
import { defineActivities } from '../framework/activities/define.ts'
import type { Query } from '../framework/query.ts'
import { pricing } from '../modules/pricing/index.ts'
import { changesInList, type ListChange, pricesOfProducts } from '../modules/pricing/rules/list-changes.ts'
import { inPriceSets, type ListPrices, type PriceListRows } from '../modules/pricing/rules/price-lists.ts'
import type { ListPriceChanges, PricingService } from '../modules/pricing/service.ts'

const write = (service: PricingService, changes: ListPriceChanges) => service.changePrices(changes)
const lock = ({ price_list_id }: { price_list_id: string }) => ({ price_list: [price_list_id] })

export const pricingActivities = defineActivities(pricing, {
  write: [
    'createPriceSets',
    'replacePrices',
    'deletePriceSets',
    'setPricePreferences',
    'createPricePreferences',
    'updatePricePreferences',
    'deletePricePreferences',
    'updatePriceLists',
    'deletePriceLists',
  ],
  decide: {
    createPriceLists: decide({
      facts: (query, { prices }: PriceListRows & ListPrices) => priceSetsOf(query, prices),
      rule: (sets, { prices, ...rows }) => ({ ...rows, prices: inPriceSets(prices, sets) }),
      write: (service: PricingService, rows) => service.createPriceLists(rows),
    }),
    changePriceListPrices: decide({
      lock,
      facts: async (query, { price_list_id, created, updated, deleted }: ListChange) => ({
        lists: await idsOf(query, 'price_list', [price_list_id]),
        sets: await priceSetsOf(query, [...created.prices, ...updated.prices]),
        prices: await idsOf(query, 'price', [...updated.prices.map(({ id }) => id), ...deleted], { price_list_id }),
      }),
      rule: changesInList,
      write,
    }),
    removeProductsFromPriceList: decide({
      lock,
      facts: async (query, { price_list_id, product_ids }: { price_list_id: string; product_ids: string[] }) => ({
        lists: await idsOf(query, 'price_list', [price_list_id]),
        prices: await inParts(product_ids, (ids) =>
          query.list<{ id: string }>('price', {
            fields: ['id'],
            filters: { price_list_id, price_set: { variant: { product_id: ids } } },
            limit: Number.MAX_SAFE_INTEGER,
          }),
        ),
      }),
      rule: pricesOfProducts,
      write,
    }),
  },
})

const MAX_IDS = 1000

/** Asks for so many ids at a time as a filter may have. */
async function inParts<R>(ids: readonly string[], ask: (ids: string[]) => Promise<{ rows: R[] }>): Promise<R[]> {
  const known = [...new Set(ids)]
  const rows: R[] = []
  for (let at = 0; at < known.length; at += MAX_IDS) rows.push(...(await ask(known.slice(at, at + MAX_IDS))).rows)
  return rows
}

function priceSetsOf(query: Query, prices: readonly { variant_id: string }[]) {
  return inParts(
    prices.map(({ variant_id }) => variant_id),
    (ids) =>
      query.list<{ variant_id: string; price_set_id: string }>('product_variant_price_set', {
        fields: ['variant_id', 'price_set_id'],
        filters: { variant_id: ids, variant: {} },
        limit: ids.length,
      }),
  )
}

async function idsOf(query: Query, entity: string, given: readonly string[], filters = {}): Promise<string[]> {
  const rows = await inParts(given, (ids) =>
    query.list<{ id: string }>(entity, { fields: ['id'], filters: { ...filters, id: ids }, limit: ids.length }),
  )
  return rows.map(({ id }) => id)
}
