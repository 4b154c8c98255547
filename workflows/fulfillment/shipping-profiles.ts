import type { Change, Draft } from '../../framework/model/model.ts'
import { withIds } from '../../framework/workflow/index.ts'
import type { ShippingProfile } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

/** Refused if a name is taken. */
export async function createShippingProfiles(input: { shipping_profiles: Draft<typeof ShippingProfile>[] }) {
  return write.createShippingProfiles(withIds('sp', input.shipping_profiles))
}

export async function updateShippingProfiles(input: { shipping_profiles: Change<typeof ShippingProfile>[] }) {
  return write.updateShippingProfiles(input.shipping_profiles)
}

/** Refused if shipping options or products use one of the profiles. */
export async function deleteShippingProfiles({ ids }: { ids: string[] }) {
  await write.deleteShippingProfiles(ids)
  return ids
}
