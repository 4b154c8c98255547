import { decide } from '../../framework/activities/decide.ts'
import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import type { Filters, Query } from '../../framework/query.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { changesInList, type ListChange, pricesOfProducts } from '../../modules/pricing/rules/list-changes.ts'
import { inPriceSets, type ListPrices, type PriceListRows } from '../../modules/pricing/rules/price-lists.ts'
import {
  type PricedOption,
  type PricedRegion,
  type Repricing,
  regionsOf,
  repricedOptions,
} from '../../modules/pricing/rules/shipping-prices.ts'
import type { ListPriceChanges, PricingService } from '../../modules/pricing/service.ts'

const write = (service: PricingService, changes: ListPriceChanges) => service.changePrices(changes)
const lock = ({ price_list_id }: { price_list_id: string }) => ({ price_list: [price_list_id] })

export const pricingActivities = defineActivities(pricing, {
  write: [
    'createPriceSets',
    'replacePrices',
    'deletePriceSets',
    'setPricePreferences',
    ...changesOf('PricePreferences'),
    'updatePriceLists',
    'deletePriceLists',
  ],
  decide: {
    repriceShippingOptions: decide({
      facts: pricesNow,
      rule: repricedOptions,
      write: (service: PricingService, prices) => service.replacePrices(prices),
    }),
    createPriceLists: decide({
      facts: (query, { prices }: PriceListRows & ListPrices) => priceSetsOf(query, prices),
      rule: (sets, { prices, ...rows }) => ({ ...rows, prices: inPriceSets(prices, sets) }),
      write: (service: PricingService, rows) => service.createPriceLists(rows),
    }),
    changePriceListPrices: decide({
      lock,
      facts: async (query, { price_list_id, created, updated, deleted }: ListChange) => ({
        lists: await listsOf(query, price_list_id),
        sets: await priceSetsOf(query, [...created.prices, ...updated.prices]),
        prices: await pricesOf(query, [...updated.prices.map(idOf), ...deleted], (id) => ({ price_list_id, id })),
      }),
      rule: changesInList,
      write,
    }),
    removeProductsFromPriceList: decide({
      lock,
      facts: async (query, { price_list_id, product_ids }: { price_list_id: string; product_ids: string[] }) => ({
        lists: await listsOf(query, price_list_id),
        prices: await pricesOf(query, product_ids, (product_id) => ({
          price_list_id,
          price_set: { variant: { product_id } },
        })),
      }),
      rule: pricesOfProducts,
      write,
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
  (await rowsById<{ id: string }>(query, 'price_list', [id], ['id'])).map(idOf)

const pricesOf = async (query: Query, ids: string[], where: (ids: string[]) => Filters) =>
  (await rowsById<{ id: string }>(query, 'price', ids, ['id'], where)).map(idOf)

const RULE = ['attribute', 'operator', 'value'].map((field) => `price_rules.${field}`)
const OWN_PRICE = ['id', 'currency_code', 'raw_amount', ...RULE].map((field) => `prices.${field}`)

/** What shipping options cost, which nobody deletes meanwhile, and in which currencies regions are. */
async function pricesNow(query: Query, wanted: Repricing[]) {
  const ids = wanted.map(idOf)
  await query.hold('shipping_option', ids)
  const fields = ['id', 'price_set_link.price_set_id', ...OWN_PRICE]
  const regions = regionsOf(wanted.flatMap(({ prices }) => prices))
  return {
    options: await rowsById<PricedOption>(query, 'shipping_option', ids, fields),
    regions: await rowsById<PricedRegion>(query, 'region', regions, ['id', 'currency_code']),
  }
}

const idOf = ({ id }: { id: string }) => id
