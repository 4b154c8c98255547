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

const text = () => z.string().nullish()
const measure = () => z.number().nullish()
/** A string from here on: quantities are exact decimals. */
const quantity = () => z.number().min(0).transform(String).optional()

export const quantities = { stocked_quantity: quantity(), incoming_quantity: quantity() }
export const levelFields = { location_id: z.string(), ...quantities }

const fields = {
  sku: text(),
  hs_code: text(),
  weight: measure(),
  length: measure(),
  height: measure(),
  width: measure(),
  origin_country: text(),
  mid_code: text(),
  material: text(),
  unit_of_measure: text(),
  title: text(),
  description: text(),
  requires_shipping: z.boolean().optional(),
  thumbnail: text(),
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
  create: z.strictObject({ ...fields, location_levels: some(z.strictObject(levelFields)) }).openapi('NewInventoryItem'),
  update: z.strictObject(fields).openapi('InventoryItemChange'),
  workflows: { create: createInventoryItems, update: updateInventoryItems, delete: deleteInventoryItems },
})
