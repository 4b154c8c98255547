import type { Context } from 'hono'
import { answerText } from '../../../framework/http/answers.ts'
import { some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { parametersOf } from '../../../framework/http/list-query.ts'
import { jsonOfAll, oneQuery, type Representation, refuseInvalidQuery } from '../../../framework/http/representation.ts'
import {
  type AppEnv,
  createRouter,
  idempotencyHeader,
  json,
  route,
  rowSchema,
  z,
} from '../../../framework/http/router.ts'
import { changes, deletes, lists } from '../../../framework/http/routes.ts'
import {
  type BatchInventoryLevelsInput,
  batchInventoryLevels,
} from '../../../workflows/inventory/batch-inventory-levels.ts'
import { inventoryItem, levelFields, quantities } from './inventory-items.ts'

const level: Representation = {
  entity: 'inventory_level',
  one: 'inventory_level',
  many: 'inventory_levels',
  fields: {
    defaults: [
      'id',
      'inventory_item_id',
      'location_id',
      'stocked_quantity',
      'reserved_quantity',
      'incoming_quantity',
      'available_quantity',
      'metadata',
      'created_at',
      'updated_at',
    ],
  },
}
const levelOfItem: Representation = { ...level, scope: (c) => ({ filters: { inventory_item_id: c.req.param('id')! } }) }
/** Batches answer with all fields. */
const wholeLevel: Representation = { ...level, fields: { defaults: ['*'] } }

const path = '/admin/inventory-items/{id}/location-levels'
const tags = ['inventory items']
const params = z.object({ id: z.string() })

export const inventoryLevels = createRouter()

lists(inventoryLevels, levelOfItem, {
  path,
  summary: 'List the inventory levels of an item',
  filters: { location_id: filter.text() },
})

changes(inventoryLevels, inventoryItem, {
  path,
  summary: 'Stock an inventory item at a location',
  body: z.strictObject(levelFields).openapi('NewInventoryLevel'),
  run: (c, body, { id }) => c.var.run(batchInventoryLevels, { create: [{ ...body, inventory_item_id: id }] }),
})

changes(inventoryLevels, inventoryItem, {
  path: `${path}/{location_id}`,
  summary: 'Update an inventory level',
  body: z.strictObject(quantities).openapi('InventoryLevelChange'),
  run: (c, body, { id, location_id }) =>
    c.var.run(batchInventoryLevels, {
      update: [{ ...body, inventory_item_id: id, location_id }],
    }),
})

deletes(inventoryLevels, level, {
  path: `${path}/{location_id}`,
  summary: 'Delete an inventory level',
  object: 'inventory-level',
  parent: { representation: inventoryItem, idParam: 'id' },
  run: async (c, { id, location_id }) => {
    const deleteAt = [{ inventory_item_id: id, location_id }]
    const { deleted } = await c.var.run(batchInventoryLevels, { deleteAt })
    return deleted[0]
  },
})

const deletion = { delete: some(z.string()), force: z.boolean().optional() }

const ItemBatch = z
  .strictObject({
    create: some(z.strictObject(levelFields)),
    update: some(z.strictObject({ ...levelFields, id: z.string().optional() })),
    ...deletion,
  })
  .openapi('InventoryItemLevelBatch')

inventoryLevels.openapi(
  batchRoute(`${path}/batch`, 'Create, update and delete inventory levels of an item', ItemBatch),
  async (c) => {
    const { create = [], update = [], ...rest } = c.req.valid('json')
    const inventory_item_id = c.req.param('id')!
    const levelOf = ({ id: _, ...level }: { id?: string | undefined; location_id: string }) => ({
      ...level,
      inventory_item_id,
    })
    return batch(c, {
      create: create.map(levelOf),
      update: update.map(levelOf),
      ...rest,
      deleteOf: inventory_item_id,
    })
  },
)

const ItemLevel = z.object({ inventory_item_id: z.string(), ...levelFields })
const Batch = z
  .strictObject({ create: some(ItemLevel), update: some(ItemLevel), ...deletion })
  .openapi('InventoryLevelBatch')

inventoryLevels.openapi(
  batchRoute('/admin/inventory-items/location-levels/batch', 'Create, update and delete inventory levels', Batch),
  (c) => batch(c, c.req.valid('json')),
)

function batchRoute<P extends string, B extends z.ZodType>(at: P, summary: string, body: B) {
  const rows = z.array(rowSchema(level.entity))
  const answer = z.object({ created: rows, updated: rows, deleted: z.array(z.string()) })
  return route({
    method: 'post',
    path: at,
    tags,
    summary,
    parameters: parametersOf(oneQuery(wholeLevel)),
    request: { ...(at.includes('{id}') && { params }), headers: idempotencyHeader, body: json(body, 'The changes') },
    responses: { 200: json(answer, 'The levels that were created and updated, and the ids that were deleted') },
  })
}

async function batch(c: Context<AppEnv>, input: BatchInventoryLevelsInput) {
  refuseInvalidQuery(c, wholeLevel)
  const { created, updated, deleted } = await c.var.run(batchInventoryLevels, input)
  const createdJson = await jsonOfAll(c, wholeLevel, created)
  const updatedJson = await jsonOfAll(c, wholeLevel, updated)
  return answerText(c, `{"created":${createdJson},"updated":${updatedJson},"deleted":${JSON.stringify(deleted)}}`)
}
