import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import { link } from '../../framework/link/module.ts'
import type { Query } from '../../framework/query.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import {
  changedShippingOptions,
  newShippingOptions,
  type ShippingOptionFacts,
} from '../../modules/fulfillment/rules/shipping-options.ts'
import type { ShippingOptionChange } from '../../modules/fulfillment/service.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { newPriceSets } from '../../modules/pricing/rules/new-prices.ts'
import {
  type PricedRegion,
  pricesOf,
  regionsOf,
  repricedOptions,
  type ShippingPrice,
} from '../../modules/pricing/rules/shipping-prices.ts'
import { shape } from '../../query/shape.ts'
import {
  optionChange,
  optionRow,
  type ShippingOptionInput,
  type ShippingOptionUpdate,
} from './shipping-option-inputs.ts'

export const shippingOptionActivities = defineActivities(fulfillment, {
  write: ['changeShippingOptionRules'],
  decide: {
    createShippingOptions: decide({
      modules: { fulfillment, pricing, link },
      lock: (options: ShippingOptionInput[]) => ({ service_zone: zonesOf(options), ...lockedParts(options) }),
      facts: newOptionFacts,
      rule: newOptionRows,
      write: async ({ fulfillment, pricing, link }, { options, priceSets, add }) => {
        const created = await fulfillment.createShippingOptions(options)
        await pricing.createPriceSets(priceSets)
        await link.changeLinks([{ link: 'shipping_option_price_set', add }])
        return created
      },
      events: ({ options }) => ({ 'shipping-option.created': idsOf(options) }),
    }),
    updateShippingOptions: decide({
      modules: { fulfillment, pricing },
      lock: (options: ShippingOptionUpdate[]) => ({ shipping_option: idsOf(options), ...lockedParts(options) }),
      facts: changedOptionFacts,
      rule: (facts, options, newId) => ({
        options: changedShippingOptions(facts, crudMethods(options, newId)),
        prices: repricedOptions(facts, repriced(options), newId),
      }),
      write: async ({ fulfillment, pricing }, { options, prices }) => {
        await fulfillment.updateShippingOptions(options)
        if (prices.price_set_ids.length > 0) await pricing.replacePrices(prices)
      },
      events: (_, options) => ({ 'shipping-option.updated': idsOf(options) }),
    }),
    deleteShippingOptions: decide({
      modules: { fulfillment, pricing, link },
      lock: (ids: string[]) => ({ shipping_option: ids }),
      rule: (_, ids) => ids,
      write: async ({ fulfillment, pricing, link }, ids) => {
        const { price_set = [] } = await link.deletedWith('shipping_option', ids)
        await fulfillment.deleteShippingOptions(ids)
        await pricing.deletePriceSets(price_set)
      },
      events: (ids) => ({ 'shipping-option.deleted': ids }),
    }),
  },
})

const zonesOf = (options: readonly ShippingOptionInput[]) => options.map(({ service_zone_id }) => service_zone_id)

type AnyOptionInput = ShippingOptionInput | ShippingOptionUpdate

/** The rows that options refer to, except their zones. New types do not exist yet. */
function lockedParts(options: readonly AnyOptionInput[]) {
  return {
    shipping_profile: options.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
    shipping_option_type: options.flatMap(({ type, type_id }) => (type ? [] : (type_id ?? []))),
  }
}

const zone = {
  id: true,
  fulfillment_set: { location: { fulfillment_providers: [{ id: true, is_enabled: true }] } },
} as const
const ServiceZone = shape('service_zone', zone)

async function newOptionFacts(query: Query, options: ShippingOptionInput[]) {
  const zones = await query.find(ServiceZone, { id: zonesOf(options) })
  return {
    ...(await partFacts(query, options)),
    zones: new Map(zones.map((zone) => [zone.id, zone])),
    regions: await pricedRegions(
      query,
      options.flatMap(({ prices = [] }) => prices),
    ),
  }
}

function newOptionRows(
  facts: ShippingOptionFacts & { regions: PricedRegion[] },
  inputs: ShippingOptionInput[],
  newId: MakeId,
) {
  const options = newShippingOptions(
    facts,
    inputs.map((option) => optionRow(option, newId)),
  )
  const prices = inputs.map((option) => pricesOf(option.prices ?? [], facts.regions))
  const priceSets = newPriceSets(prices, newId)
  const add = options.map(({ id }, i) => ({ shipping_option_id: id, price_set_id: priceSets.price_sets[i]!.id }))
  return { options, priceSets, add }
}

const PricedOption = shape('shipping_option', {
  id: true,
  service_zone: zone,
  price_set_link: { price_set_id: true },
  prices: [
    {
      id: true,
      currency_code: true,
      raw_amount: true,
      price_rules: [{ attribute: true, operator: true, value: true }],
    },
  ],
})

async function changedOptionFacts(query: Query, options: ShippingOptionUpdate[]) {
  const stored = await query.find(PricedOption, { id: idsOf(options) })
  return {
    ...(await partFacts(query, options)),
    zones: new Map(stored.map(({ id, service_zone }) => [id, service_zone])),
    options: stored,
    regions: await pricedRegions(
      query,
      repriced(options).flatMap(({ prices }) => prices),
    ),
  }
}

function crudMethods(options: readonly ShippingOptionUpdate[], newId: MakeId): ShippingOptionChange[] {
  return options.map((option) => optionChange(option, newId))
}

/** The options whose prices are replaced. */
function repriced(options: readonly ShippingOptionUpdate[]) {
  return options.flatMap(({ id, prices }) => (prices ? [{ id, prices }] : []))
}

const ShippingProfile = shape('shipping_profile', { id: true })
const ShippingOptionType = shape('shipping_option_type', { id: true })

async function partFacts(query: Query, options: readonly AnyOptionInput[]) {
  const { shipping_profile, shipping_option_type } = lockedParts(options)
  const profiles = await query.find(ShippingProfile, { id: shipping_profile })
  const types = await query.find(ShippingOptionType, { id: shipping_option_type })
  return { profiles: idsOf(profiles), types: idsOf(types) }
}

const Region = shape('region', { id: true, currency_code: true })

const pricedRegions = (query: Query, prices: readonly ShippingPrice[]) => query.find(Region, { id: regionsOf(prices) })
