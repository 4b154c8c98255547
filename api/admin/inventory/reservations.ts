import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import {
  createReservations,
  deleteReservations,
  updateReservations,
} from '../../../workflows/inventory/reservations.ts'
import { inventoryItem } from './inventory-items.ts'

const quantity = z.number().transform(String)
const details = { description: z.string().nullish(), metadata: metadata().optional() }

const reservation: Representation = {
  entity: 'reservation_item',
  one: 'reservation',
  many: 'reservations',
  fields: {
    defaults: [
      'id',
      'location_id',
      'inventory_item_id',
      'quantity',
      'line_item_id',
      'description',
      'metadata',
      'created_at',
      'updated_at',
      ...inventoryItem.fields.defaults
        .filter((field) => !field.includes('location_levels'))
        .map((field) => `inventory_item.${field}`),
    ],
  },
}

export const reservations = resource({
  representation: reservation,
  path: '/admin/reservations',
  list: {
    limit: 20,
    filters: {
      ...filter.texts('location_id', 'inventory_item_id', 'line_item_id', 'created_by', 'description'),
      quantity: filter.number(),
      ...filter.dates(),
    },
  },
  create: z
    .strictObject({
      line_item_id: z.string().nullish(),
      location_id: z.string(),
      inventory_item_id: z.string(),
      quantity,
      ...details,
    })
    .openapi('NewReservation'),
  update: z
    .strictObject({ location_id: z.string().optional(), quantity: quantity.optional(), ...details })
    .openapi('ReservationChange'),
  workflows: { create: createReservations, update: updateReservations, delete: deleteReservations },
})
