import { metadata, some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import {
  createInventoryItems,
  deleteInventoryItems,
  updateInventoryItems,
} from '../../../workflows/inventory/inventory-items.ts'

const word = () => z.string().nullish()
const measure = () => z.number().nullish()
/** How much there is: exact from here on. */
const quantity = () => z.number().min(0).transform(String).optional()

export const quantities = { stocked_quantity: quantity(), incoming_quantity: quantity() }
export const atLocation = { location_id: z.string(), ...quantities }

const fields = {
  sku: word(),
  hs_code: word(),
  weight: measure(),
  length: measure(),
  height: measure(),
  width: measure(),
  origin_country: word(),
  mid_code: word(),
  material: word(),
  unit_of_measure: word(),
  title: word(),
  description: word(),
  requires_shipping: z.boolean().optional(),
  thumbnail: word(),
  metadata: metadata().optional(),
}

export const inventoryItem: Representation = {
  entity: 'inventory_item',
  one: 'inventory_item',
  many: 'inventory_items',
  fields: {
    defaults: [
      'id',
      'sku',
      'title',
      'description',
      'thumbnail',
      'origin_country',
      'hs_code',
      'requires_shipping',
      'mid_code',
      'material',
      'unit_of_measure',
      'weight',
      'length',
      'height',
      'width',
      'metadata',
      'reserved_quantity',
      'stocked_quantity',
      'created_at',
      'updated_at',
      '*location_levels',
      'location_levels.available_quantity',
    ],
  },
}

export const inventoryItems = resource({
  representation: inventoryItem,
  path: '/admin/inventory-items',
  list: {
    limit: 20,
    filters: {
      ...filter.texts('sku', 'origin_country', 'mid_code', 'hs_code', 'material'),
      requires_shipping: filter.flag(),
      weight: filter.number(),
      length: filter.number(),
      height: filter.number(),
      width: filter.number(),
      location_levels: filter.related({ location_id: filter.text() }),
    },
  },
  create: z.strictObject({ ...fields, location_levels: some(z.strictObject(atLocation)) }).openapi('NewInventoryItem'),
  update: z.strictObject(fields).openapi('InventoryItemChange'),
  workflows: { create: createInventoryItems, update: updateInventoryItems, delete: deleteInventoryItems },
})
