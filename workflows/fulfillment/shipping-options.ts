import type { ShippingOptionInput, ShippingOptionUpdate } from '../../activities/fulfillment/shipping-option-inputs.ts'
import type { ShippingOption } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

/** Creates options with their rules and prices. Refused if the location does not have the provider. */
export async function createShippingOptions(input: {
  shipping_options: ShippingOptionInput[]
}): Promise<ShippingOption[]> {
  return write.createShippingOptions(input.shipping_options)
}

/** If rules or prices are given, they replace those of the option. */
export async function updateShippingOptions(input: {
  shipping_options: ShippingOptionUpdate[]
}): Promise<{ id: string }[]> {
  await write.updateShippingOptions(input.shipping_options)
  return input.shipping_options.map(({ id }) => ({ id }))
}

/** Deletes options with their rules, links and prices. */
export async function deleteShippingOptions({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteShippingOptions(ids)
  return ids
}
