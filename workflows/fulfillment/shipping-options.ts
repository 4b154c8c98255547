import type { GivenShippingOption, ShippingOptionUpdate } from '../../activities/fulfillment/shipping-option-inputs.ts'
import type { ShippingOption } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

/** Adds options with their rules and prices; refused if the location does not have the provider. */
export async function createShippingOptions(input: {
  shipping_options: GivenShippingOption[]
}): Promise<ShippingOption[]> {
  return write.createShippingOptions(input.shipping_options)
}

/** Changes what is given; rules and prices that are given are all that an option then has. */
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
