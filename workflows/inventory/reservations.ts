import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ReservationItem } from '../../modules/inventory/models.ts'
import { write } from '../steps.ts'

type NewReservation = Pick<ReservationItem, 'inventory_item_id' | 'location_id' | 'quantity'> &
  Partial<Pick<ReservationItem, 'line_item_id' | 'description' | 'metadata' | 'allow_backorder'>>
type ReservationChange = { id: string } & Partial<
  Pick<ReservationItem, 'location_id' | 'quantity' | 'description' | 'metadata'>
>

/** Refused if the quantity is not available, unless the reservation allows backorders. */
export async function createReservations({
  reservations,
}: {
  reservations: NewReservation[]
}): Promise<ReservationItem[]> {
  const items = withIds('resitem', reservations)
  return write.createReservationItems(items, { emits: { 'reservation-item.created': idsOf(items) } })
}

/** Changes the quantity or location of reservations. Refused if the quantity is not available. */
export async function updateReservations({
  reservations,
}: {
  reservations: ReservationChange[]
}): Promise<ReservationItem[]> {
  const emits = { 'reservation-item.updated': idsOf(reservations) }
  return write.updateReservationItems(reservations, { emits })
}

/** The reserved quantities become available again. */
export async function deleteReservations({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteReservationItems(ids, { emits: { 'reservation-item.deleted': ids } })
}
