import { sql } from 'kysely'
import { computedBySql } from '../../framework/model/computed.ts'
import {
  bigNumber,
  boolean,
  decimal,
  float,
  id,
  json,
  model,
  type Row,
  text,
  timestamps,
} from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** Something that is kept in stock. Its quantities are the sums over all locations. */
export const InventoryItem = model(
  'inventory_item',
  {
    id: id('iitem'),
    sku: text().nullable().unique().searchable(),
    origin_country: text().nullable(),
    hs_code: text().nullable().searchable(),
    mid_code: text().nullable().searchable(),
    material: text().nullable(),
    unit_of_measure: text().nullable(),
    weight: float().nullable(),
    length: float().nullable(),
    height: float().nullable(),
    width: float().nullable(),
    requires_shipping: boolean().default(true),
    description: text().nullable().searchable(),
    title: text().nullable().searchable(),
    thumbnail: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      location_levels: hasMany('inventory_level').cascade(),
      reservation_items: hasMany('reservation_item').cascade(),
    },
    computed: { stocked_quantity: sumOf('stocked_quantity'), reserved_quantity: sumOf('reserved_quantity') },
  },
)
export type InventoryItem = Row<typeof InventoryItem>

function sumOf(quantity: string) {
  return computedBySql<number>(
    'numeric',
    ({
      column,
      table,
    }) => sql`select coalesce(sum(${sql.id('level', quantity)}), 0) from ${table('inventory_level')} as level
      where level.inventory_item_id = ${column('id')} and level.deleted_at is null`,
  )
}

/** The quantities of an item at a location. Checks of the table prevent negative stock and overselling. */
export const InventoryLevel = model(
  'inventory_level',
  {
    id: id('ilev'),
    location_id: text(),
    stocked_quantity: bigNumber().default(0).counter(),
    reserved_quantity: bigNumber().default(0).counter(),
    incoming_quantity: bigNumber().default(0).counter(),
    /** The part of the reserved quantity that need not be in stock. */
    backorder_quantity: decimal().default(0).counter().hidden(),
    metadata: json().nullable(),
    inventory_item_id: text(),
    ...timestamps(),
  },
  {
    relations: { inventory_item: belongsTo('inventory_item') },
    computed: {
      available_quantity: computedBySql<number>(
        'numeric',
        ({ column }) => sql`${column('stocked_quantity')} - ${column('reserved_quantity')}`,
      ),
    },
    indexes: [{ columns: ['inventory_item_id', 'location_id'], unique: true }, { columns: ['location_id'] }],
  },
)
export type InventoryLevel = Row<typeof InventoryLevel>

/** A quantity of an item at a location that is reserved, such as for a line item of an order. */
export const ReservationItem = model(
  'reservation_item',
  {
    id: id('resitem'),
    line_item_id: text().nullable(),
    allow_backorder: boolean().default(false),
    location_id: text(),
    quantity: bigNumber(),
    external_id: text().nullable(),
    description: text().nullable().searchable(),
    created_by: text().nullable(),
    metadata: json().nullable(),
    inventory_item_id: text(),
    ...timestamps(),
  },
  {
    relations: { inventory_item: belongsTo('inventory_item').searchable() },
    indexes: [{ columns: ['line_item_id'] }, { columns: ['location_id'] }],
  },
)
export type ReservationItem = Row<typeof ReservationItem>
