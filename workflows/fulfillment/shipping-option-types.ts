import type { Change, Draft } from '../../framework/model/model.ts'
import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'
import { shippingOptionTypesCreated, shippingOptionTypesDeleted, shippingOptionTypesUpdated } from './hooks.ts'

/** Adds types that shipping options can have. */
export async function createShippingOptionTypes(input: { shipping_option_types: Draft<typeof ShippingOptionType>[] }) {
  const given = withIds('sotype', input.shipping_option_types)
  const emits = { 'shipping-option-type.created': idsOf(given) }
  const types = await write.createShippingOptionTypes(given, { emits })
  await shippingOptionTypesCreated({ shipping_option_types: types })
  return types
}

/** Changes what is given and leaves the rest. */
export async function updateShippingOptionTypes(input: { shipping_option_types: Change<typeof ShippingOptionType>[] }) {
  const emits = { 'shipping-option-type.updated': idsOf(input.shipping_option_types) }
  const types = await write.updateShippingOptionTypes(input.shipping_option_types, { emits })
  await shippingOptionTypesUpdated({ shipping_option_types: types })
  return types
}

/** Deletes types: all of them, or none where a shipping option has one. */
export async function deleteShippingOptionTypes({ ids }: { ids: string[] }) {
  await write.deleteShippingOptionTypes(ids)
  await shippingOptionTypesDeleted({ ids })
  return ids
}
