import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ReservationItem } from '../../modules/inventory/models.ts'
import { write } from '../steps.ts'

type Told = Partial<Pick<ReservationItem, 'line_item_id' | 'description' | 'metadata' | 'allow_backorder'>>
type NewReservation = Pick<ReservationItem, 'inventory_item_id' | 'location_id' | 'quantity'> & Told
type ReservationChange = { id: string } & Partial<
  Pick<ReservationItem, 'location_id' | 'quantity' | 'description' | 'metadata'>
>

/** Keeps stock for somebody: all of it, or none where less is available. */
export async function createReservations({
  reservations,
}: {
  reservations: NewReservation[]
}): Promise<ReservationItem[]> {
  const items = withIds('resitem', reservations)
  return write.createReservationItems(items, { emits: { 'reservation-item.created': idsOf(items) } })
}

/** Keeps more or less, or at another location. */
export async function updateReservations({
  reservations,
}: {
  reservations: ReservationChange[]
}): Promise<ReservationItem[]> {
  const emits = { 'reservation-item.updated': idsOf(reservations) }
  return write.updateReservationItems(reservations, { emits })
}

/** Gives back what was kept. */
export async function deleteReservations({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteReservationItems(ids, { emits: { 'reservation-item.deleted': ids } })
}
