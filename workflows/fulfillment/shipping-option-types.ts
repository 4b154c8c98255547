import type { Change, Draft } from '../../framework/model/model.ts'
import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'
import { shippingOptionTypesCreated, shippingOptionTypesDeleted, shippingOptionTypesUpdated } from './hooks.ts'

export async function createShippingOptionTypes(input: { shipping_option_types: Draft<typeof ShippingOptionType>[] }) {
  const rows = withIds('sotype', input.shipping_option_types)
  const emits = { 'shipping-option-type.created': idsOf(rows) }
  const types = await write.createShippingOptionTypes(rows, { emits })
  await shippingOptionTypesCreated({ shipping_option_types: types })
  return types
}

export async function updateShippingOptionTypes(input: { shipping_option_types: Change<typeof ShippingOptionType>[] }) {
  const emits = { 'shipping-option-type.updated': idsOf(input.shipping_option_types) }
  const types = await write.updateShippingOptionTypes(input.shipping_option_types, { emits })
  await shippingOptionTypesUpdated({ shipping_option_types: types })
  return types
}

/** Refused if a shipping option has one of the types. */
export async function deleteShippingOptionTypes({ ids }: { ids: string[] }) {
  await write.deleteShippingOptionTypes(ids)
  await shippingOptionTypesDeleted({ ids })
  return ids
}
