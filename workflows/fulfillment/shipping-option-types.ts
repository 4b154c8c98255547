import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'
import { shippingOptionTypesCreated, shippingOptionTypesDeleted, shippingOptionTypesUpdated } from './hooks.ts'

/** Adds types that shipping options can have. */
export async function createShippingOptionTypes(input: { shipping_option_types: Draft<typeof ShippingOptionType>[] }) {
  const given = withIds('sotype', input.shipping_option_types)
  const types = await write.createShippingOptionTypes(emitIds('shipping-option-type.created', given))
  await shippingOptionTypesCreated({ shipping_option_types: types })
  return types
}

/** Changes what is given and leaves the rest. */
export async function updateShippingOptionTypes(input: { shipping_option_types: Change<typeof ShippingOptionType>[] }) {
  const changes = emitIds('shipping-option-type.updated', input.shipping_option_types)
  const types = await write.updateShippingOptionTypes(changes)
  await shippingOptionTypesUpdated({ shipping_option_types: types })
  return types
}

/** Deletes types: all of them, or none where a shipping option has one. */
export async function deleteShippingOptionTypes({ ids }: { ids: string[] }) {
  await write.deleteShippingOptionTypes(emitIds('shipping-option-type.deleted', ids))
  await shippingOptionTypesDeleted({ ids })
  return ids
}
