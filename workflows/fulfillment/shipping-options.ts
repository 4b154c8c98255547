import { emitIds, newId, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOption, ShippingOptionRule, ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { newPriceSets, replacedPrices } from '../../modules/pricing/rules/new-prices.ts'
import { write } from '../steps.ts'
import { deleteWithShippingOptions } from './delete-with-shipping-options.ts'
import { currenciesOf, pricedOptions, pricesOf, type ShippingPrice } from './shipping-option-prices.ts'

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
  const currencies = await currenciesOf(shipping_options.flatMap(({ prices = [] }) => prices))
  const options = withIds('so', shipping_options.map(partsOf)) as Parameters<typeof write.createShippingOptions>[0]
  const priceSets = newPriceSets(
    shipping_options.map(({ prices = [] }) => pricesOf(prices, currencies)),
    newId,
  )
  const add = options.map(({ id }, i) => ({ shipping_option_id: id, price_set_id: priceSets.price_sets[i]!.id }))
  await write.createPriceSets(priceSets)
  await write.changeLinks({ changes: [{ link: 'shipping_option_price_set', add }] })
  emitIds('shipping-option.created', options)
  return write.createShippingOptions(options)
}

/** Changes what is given; rules and prices that are given are all that an option then has. */
export async function updateShippingOptions({
  shipping_options,
}: {
  shipping_options: Changed[]
}): Promise<ShippingOption[]> {
  emitIds('shipping-option.updated', shipping_options)
  const updated = await write.updateShippingOptions(shipping_options.map(partsOf))
  const repriced = shipping_options.filter(({ prices }) => prices)
  if (repriced.length > 0) await replacePrices(repriced)
  return updated
}

async function replacePrices(options: Changed[]): Promise<void> {
  const currencies = await currenciesOf(options.flatMap(({ prices = [] }) => prices))
  const stored = new Map((await pricedOptions(options.map(({ id }) => id))).map((option) => [option.id, option]))
  const sets = options.map(({ id, prices = [] }) => {
    const option = stored.get(id)!
    return { ...option.price_set_link, prices: pricesOf(prices, currencies, option) }
  })
  await write.replacePrices(replacedPrices(sets, newId))
}

/** Deletes options with their rules, links and prices: all of them, or none where one is not there. */
export async function deleteShippingOptions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('shipping-option.deleted', ids)
  await deleteWithShippingOptions(write.deleteShippingOptions(ids))
  return ids
}
