import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionType } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

type Fields = Pick<ShippingOptionType, 'label' | 'code'> & Partial<Pick<ShippingOptionType, 'description'>>

/** Adds types that shipping options can have. */
export async function createShippingOptionTypes({
  shipping_option_types,
}: {
  shipping_option_types: Fields[]
}): Promise<ShippingOptionType[]> {
  const types = withIds('sotype', shipping_option_types)
  emitIds('shipping-option-type.created', types)
  return write.createShippingOptionTypes(types)
}

/** Changes what is given and leaves the rest. */
export async function updateShippingOptionTypes({
  shipping_option_types,
}: {
  shipping_option_types: (Partial<Fields> & { id: string })[]
}): Promise<ShippingOptionType[]> {
  emitIds('shipping-option-type.updated', shipping_option_types)
  return write.updateShippingOptionTypes(shipping_option_types)
}

/** Deletes types: all of them, or none where a shipping option has one. */
export async function deleteShippingOptionTypes({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('shipping-option-type.deleted', ids)
  return write.deleteShippingOptionTypes(ids)
}
