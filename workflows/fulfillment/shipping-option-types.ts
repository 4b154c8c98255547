import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

/** Adds types that shipping options can have. */
export async function createShippingOptionTypes(input: { shipping_option_types: Draft<typeof ShippingOptionType>[] }) {
  const types = withIds('sotype', input.shipping_option_types)
  return write.createShippingOptionTypes(emitIds('shipping-option-type.created', types))
}

/** Changes what is given and leaves the rest. */
export async function updateShippingOptionTypes(input: { shipping_option_types: Change<typeof ShippingOptionType>[] }) {
  return write.updateShippingOptionTypes(emitIds('shipping-option-type.updated', input.shipping_option_types))
}

/** Deletes types: all of them, or none where a shipping option has one. */
export async function deleteShippingOptionTypes({ ids }: { ids: string[] }) {
  return write.deleteShippingOptionTypes(emitIds('shipping-option-type.deleted', ids))
}
