import { withIds } from '../../framework/workflow/index.ts'
import type { ShippingProfile } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

type Fields = Pick<ShippingProfile, 'name' | 'type'> & Partial<Pick<ShippingProfile, 'metadata'>>

/** Adds profiles: all of them, or none where a name is taken. */
export async function createShippingProfiles({
  shipping_profiles,
}: {
  shipping_profiles: Fields[]
}): Promise<ShippingProfile[]> {
  return write.createShippingProfiles(withIds('sp', shipping_profiles))
}

/** Changes what is given and leaves the rest. */
export async function updateShippingProfiles({
  shipping_profiles,
}: {
  shipping_profiles: (Partial<Fields> & { id: string })[]
}): Promise<ShippingProfile[]> {
  return write.updateShippingProfiles(shipping_profiles)
}

/** Deletes profiles: all of them, or none where one is used by shipping options or products. */
export async function deleteShippingProfiles({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteShippingProfiles(ids)
}
