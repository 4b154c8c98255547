import { ALL, emitIds, newId, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOption, ShippingOptionRule, ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { newPriceSets } from '../../modules/pricing/rules/new-prices.ts'
import {
  type PricedRegion,
  pricesOf,
  regionsOf,
  type ShippingPrice,
} from '../../modules/pricing/rules/shipping-prices.ts'
import { read, together, write } from '../steps.ts'
import { deleteWithShippingOptions } from './delete-with-shipping-options.ts'

interface Parts {
  /** One that is there already. */
  type_id?: string | undefined
  /** Or one of its own. */
  type?: (Pick<ShippingOptionType, 'label' | 'code'> & Partial<Pick<ShippingOptionType, 'description'>>) | undefined
  prices?: ShippingPrice[] | undefined
  rules?: ({ id?: string | undefined } & Pick<ShippingOptionRule, 'attribute' | 'operator' | 'value'>)[] | undefined
}

type Fields = Parts &
  Pick<ShippingOption, 'name' | 'price_type' | 'service_zone_id' | 'shipping_profile_id' | 'provider_id'> &
  Partial<Pick<ShippingOption, 'data' | 'metadata'>>
type Changed = Parts & Partial<Omit<Fields, 'service_zone_id'>> & { id: string }

/** The rows of an option, but for its prices. */
function partsOf<O extends Parts>({ type_id, type, prices: _, rules, ...option }: O) {
  const own = type && { ...type, id: newId('sotype') }
  const shipping_option_type_id = own?.id ?? type_id
  return {
    ...option,
    ...(shipping_option_type_id && { shipping_option_type_id }),
    ...(own && { type: own }),
    ...(rules && { rules: rules.map((rule) => ({ ...rule, id: rule.id ?? newId('sorul') })) }),
  }
}

/**
 * Adds options with their rules and prices: all of it, or nothing where a location has not the provider. The options come last: who
 * finds one finds its prices, and who deletes it deletes them, too.
 */
export async function createShippingOptions({
  shipping_options,
}: {
  shipping_options: (Fields & ({ type_id: string } | { type: NonNullable<Parts['type']> }))[]
}): Promise<ShippingOption[]> {
  const regions = await regionsIn(shipping_options.flatMap(({ prices = [] }) => prices))
  const options = withIds('so', shipping_options.map(partsOf)) as Parameters<typeof write.createShippingOptions>[0]
  const priceSets = newPriceSets(
    shipping_options.map(({ prices = [] }) => pricesOf(prices, regions)),
    newId,
  )
  const add = options.map(({ id }, i) => ({ shipping_option_id: id, price_set_id: priceSets.price_sets[i]!.id }))
  await write.createPriceSets(priceSets)
  await write.changeLinks({ changes: [{ link: 'shipping_option_price_set', add }] })
  emitIds('shipping-option.created', options)
  return write.createShippingOptions(options)
}

/** Those of the regions that prices are for which are there. */
async function regionsIn(prices: readonly ShippingPrice[]): Promise<PricedRegion[]> {
  const id = regionsOf(prices)
  if (id.length === 0) return []
  const listing = { fields: ['id', 'currency_code'], filters: { id }, limit: ALL }
  return (await read.query<PricedRegion>('region', listing)).rows
}

/**
 * Changes what is given; rules and prices that are given are all that an option then has. It is one step: nobody deletes the option,
 * or changes its prices, in between.
 */
export async function updateShippingOptions({
  shipping_options,
}: {
  shipping_options: Changed[]
}): Promise<{ id: string }[]> {
  emitIds('shipping-option.updated', shipping_options)
  const repriced = shipping_options.flatMap(({ id, prices }) => (prices ? { id, prices } : []))
  await together((write) => {
    write.updateShippingOptions(shipping_options.map(partsOf))
    if (repriced.length > 0) write.repriceShippingOptions(repriced)
  })
  return shipping_options.map(({ id }) => ({ id }))
}

/** Deletes options with their rules, links and prices: all of them, or none where one is not there. */
export async function deleteShippingOptions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('shipping-option.deleted', ids)
  await deleteWithShippingOptions(write.deleteShippingOptions(ids))
  return ids
}
