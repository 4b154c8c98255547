import type { Change, Draft } from '../../framework/model/model.ts'
import { withIds } from '../../framework/workflow/index.ts'
import type { ShippingProfile } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

/** Adds profiles: all of them, or none where a name is taken. */
export async function createShippingProfiles(input: { shipping_profiles: Draft<typeof ShippingProfile>[] }) {
  return write.createShippingProfiles(withIds('sp', input.shipping_profiles))
}

/** Changes what is given and leaves the rest. */
export async function updateShippingProfiles(input: { shipping_profiles: Change<typeof ShippingProfile>[] }) {
  return write.updateShippingProfiles(input.shipping_profiles)
}

/** Deletes profiles: all of them, or none where one is used by shipping options or products. */
export async function deleteShippingProfiles({ ids }: { ids: string[] }) {
  await write.deleteShippingProfiles(ids)
  return ids
}
