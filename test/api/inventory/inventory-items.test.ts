import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.sql(
    `insert into stock_location.stock_location (id, name) select 'sloc_' || n, 'Place ' || n from generate_series(1, 3) n`,
  )
})
afterAll(() => world.stop())

const path = '/admin/inventory-items'
const post = (at: string, body: unknown) => world.request('POST', `${path}${at}`, body)

async function createItem(body: object = {}) {
  const answer = await post('', body)
  expect(answer.status).toBe(200)
  return answer.body.inventory_item
}

test('an item is created with its levels, filtered, updated and deleted', async () => {
  const item = await createItem({
    sku: 'SHIRT-S',
    title: 'Shirt',
    weight: 1.5,
    location_levels: [{ location_id: 'sloc_1', stocked_quantity: 10 }, { location_id: 'sloc_2' }],
  })
  expect(item).toMatchObject({ sku: 'SHIRT-S', weight: 1.5, requires_shipping: true, hs_code: null, metadata: null })
  expect(item).toMatchObject({ stocked_quantity: 10, reserved_quantity: 0 })
  expect(item.id).toMatch(/^iitem_/)
  expect(item.location_levels).toHaveLength(2)
  expect(item.location_levels[0]).toEqual({
    id: expect.stringMatching(/^ilev_/),
    location_id: 'sloc_1',
    inventory_item_id: item.id,
    stocked_quantity: 10,
    raw_stocked_quantity: { value: '10', precision: 20 },
    reserved_quantity: 0,
    raw_reserved_quantity: { value: '0', precision: 20 },
    incoming_quantity: 0,
    raw_incoming_quantity: { value: '0', precision: 20 },
    available_quantity: 10,
    metadata: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    deleted_at: null,
  })
  const found = await world.request(
    'GET',
    `${path}?sku=SHIRT-S&q=shi&location_levels[location_id]=sloc_2&weight[$gt]=1`,
  )
  expect(found.body).toMatchObject({ inventory_items: [{ id: item.id }], count: 1, offset: 0, limit: 20 })
  expect((await world.request('GET', `${path}?location_levels[location_id]=sloc_9`)).body.count).toBe(0)
  const changed = await post(`/${item.id}?fields=title,sku`, { title: 'Blouse' })
  expect(changed.body).toEqual({ inventory_item: { id: item.id, title: 'Blouse', sku: 'SHIRT-S' } })
  const gone = await world.request('DELETE', `${path}/${item.id}`)
  expect(gone.body).toEqual({ id: item.id, object: 'inventory_item', deleted: true })
  expect(await world.sql('select from inventory.inventory_level where deleted_at is null')).toEqual([])
  expect((await world.request('GET', `${path}/${item.id}`)).status).toBe(404)
  await createItem({ sku: 'SHIRT-S' })
})

test('creating an item with levels is one step with the events of both', async () => {
  const { headers, body } = await post('', { location_levels: [{ location_id: 'sloc_1' }] })
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toEqual([
    { method: 'createInventoryItems' },
  ])
  const { id, location_levels } = body.inventory_item
  expect(await world.sql('select name, data from turri.event where workflow_id = $1 order by id', of)).toEqual([
    { name: 'inventory-item.created', data: { id } },
    { name: 'inventory-level.created', data: { id: location_levels[0].id } },
  ])
})

test('levels are created, listed, updated and deleted', async () => {
  const { id } = await createItem()
  const at = `/${id}/location-levels`
  const created = await post(at, { location_id: 'sloc_1', stocked_quantity: 0.5, incoming_quantity: 2 })
  expect(created.body.inventory_item).toMatchObject({
    stocked_quantity: 0.5,
    location_levels: [{ location_id: 'sloc_1', stocked_quantity: 0.5, incoming_quantity: 2, available_quantity: 0.5 }],
  })
  await post(at, { location_id: 'sloc_2' })
  const { body } = await world.request('GET', `${path}${at}?location_id=sloc_1`)
  expect(body).toMatchObject({ count: 1, limit: 50, offset: 0 })
  expect(Object.keys(body.inventory_levels[0]).sort()).toEqual(
    [
      ...['id', 'inventory_item_id', 'location_id', 'metadata', 'created_at', 'updated_at'],
      ...['stocked_quantity', 'reserved_quantity', 'incoming_quantity', 'available_quantity'],
    ].sort(),
  )
  const changed = await post(`${at}/sloc_1?fields=stocked_quantity`, { stocked_quantity: 12, incoming_quantity: 0 })
  expect(changed.body).toEqual({ inventory_item: { id, stocked_quantity: 12 } })
  const [level] = (await world.request('GET', `${path}${at}?location_id=sloc_2`)).body.inventory_levels
  const gone = await world.request('DELETE', `${path}${at}/sloc_2`)
  expect(gone.body).toMatchObject({ id: level.id, object: 'inventory-level', deleted: true, parent: { id } })
  expect(gone.body.parent.location_levels).toHaveLength(1)
})

test('a level has its stock location', async () => {
  const { id } = await createItem({ location_levels: [{ location_id: 'sloc_2' }] })
  const asked = await world.request('GET', `${path}/${id}?fields=location_levels.stock_locations.name`)
  expect(asked.body.inventory_item.location_levels).toEqual([{ stock_locations: [{ name: 'Place 2' }] }])
})

test('a level with incoming stock, or stock without force, is not deleted', async () => {
  const { id } = await createItem({ location_levels: [{ location_id: 'sloc_1', incoming_quantity: 1 }] })
  const at = `/${id}/location-levels`
  const remove = () => world.request('DELETE', `${path}${at}/sloc_1`)
  const said = (why: string) => ({
    type: 'not_allowed',
    message: `The level of item ${id} at location sloc_1 cannot be deleted: ${why}`,
  })
  expect(await remove()).toMatchObject({ status: 400, body: said('some of it is on its way') })
  await post(`${at}/sloc_1`, { incoming_quantity: 0, stocked_quantity: 3 })
  expect(await remove()).toMatchObject({ status: 400, body: said('some of it is in stock; say force to delete it') })
  const [level] = (await world.request('GET', `${path}${at}`)).body.inventory_levels
  const forced = await post(`${at}/batch`, { delete: [level.id], force: true })
  expect(forced.body).toEqual({ created: [], updated: [], deleted: [level.id] })
  expect((await remove()).status).toBe(404)
})

test('a batch of one item deletes no level of another', async () => {
  const [mine, other] = [await createItem(), await createItem({ location_levels: [{ location_id: 'sloc_1' }] })]
  const { id } = other.location_levels[0]
  const refused = await post(`/${mine.id}/location-levels/batch`, { delete: [id] })
  expect([refused.status, refused.body.message]).toEqual([404, `Inventory Level with id: ${id} was not found`])
  expect((await post(`/${other.id}/location-levels/batch`, { delete: [id] })).body.deleted).toEqual([id])
})

test('a batch of one item creates, updates and deletes levels at once', async () => {
  const item = await createItem({
    location_levels: [{ location_id: 'sloc_1', stocked_quantity: 5 }, { location_id: 'sloc_2' }],
  })
  const [kept, dropped] = item.location_levels
  const { body } = await post(`/${item.id}/location-levels/batch`, {
    create: [{ location_id: 'sloc_3', stocked_quantity: 7 }],
    update: [{ location_id: 'sloc_1', stocked_quantity: 6 }],
    delete: [dropped.id],
  })
  expect(body).toMatchObject({
    created: [{ location_id: 'sloc_3', stocked_quantity: 7, raw_stocked_quantity: { value: '7' }, deleted_at: null }],
    updated: [{ id: kept.id, stocked_quantity: 6 }],
    deleted: [dropped.id],
  })
  expect(body.created[0]).not.toHaveProperty('available_quantity')
})

test('a batch of a hundred levels is one step, and its response two statements', async () => {
  const items = await world.run(
    (await import('../../../workflows/inventory/inventory-items.ts')).createInventoryItems,
    {
      inventory_items: Array.from({ length: 100 }, (_, i) => ({ sku: `many-${i}` })),
    },
  )
  const before = world.statements.length
  const { status, body, headers } = await post('/location-levels/batch', {
    create: items.map(({ id }) => ({ inventory_item_id: id, location_id: 'sloc_1', stocked_quantity: 1000 })),
  })
  expect(status).toBe(200)
  expect(body.created).toHaveLength(100)
  expect(body.created[99]).toMatchObject({ stocked_quantity: 1000 })
  expect(world.statements.length - before).toBe(1)
  expect(
    await world.sql('select method from turri.receipt where workflow_id = $1', [headers.get('x-workflow-id')]),
  ).toEqual([{ method: 'changeInventoryLevels' }])
  const updated = await post('/location-levels/batch', {
    update: items.map(({ id }) => ({ inventory_item_id: id, location_id: 'sloc_1', stocked_quantity: 7 })),
  })
  expect(updated.body.updated).toHaveLength(100)
  expect(
    await world.sql(
      `select sum(stocked_quantity)::int as n from inventory.inventory_level
    where deleted_at is null and inventory_item_id = any($1)`,
      [items.map(({ id }) => id)],
    ),
  ).toEqual([{ n: 700 }])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const { id } = await createItem({ sku: 'TAKEN', location_levels: [{ location_id: 'sloc_1', stocked_quantity: 1 }] })
  const level = (location_id: string) => post(`/${id}/location-levels`, { location_id })
  const refusals = [
    [await post('', { sku: 'TAKEN' }), 400, 'Inventory Item with sku: TAKEN, already exists.'],
    [await level('sloc_1'), 400, `Inventory Level with inventory_item_id, location_id: ${id}, sloc_1, already exists.`],
    [
      await post('/iitem_none/location-levels', { location_id: 'sloc_1' }),
      404,
      'You tried to set relationship inventory_item_id: iitem_none, but such entity does not exist',
    ],
    [await level('sloc_9'), 404, 'Stock Location with id: sloc_9 was not found'],
    [
      await post('', { location_levels: [{ location_id: 'sloc_9' }] }),
      404,
      'Stock Location with id: sloc_9 was not found',
    ],
    [
      await post(`/${id}/location-levels/sloc_9`, { stocked_quantity: 1 }),
      404,
      `Item ${id} is not stocked at location sloc_9`,
    ],
    [
      await post(`/${id}/location-levels/sloc_1`, { stocked_quantity: -1 }),
      400,
      "Invalid request: Value for field 'stocked_quantity' too small, expected at least: '0'",
    ],
    [await post('', { colour: 'red' }), 400, "Invalid request: Unrecognized fields: 'colour'"],
    [await post('/iitem_none', { title: 'x' }), 404, 'InventoryItem with id "iitem_none" not found'],
  ] as const
  for (const [{ status, body }, expected, message] of refusals) {
    expect([status, body.message]).toEqual([expected, message])
  }
  const both = await post(`/${id}/location-levels/batch`, {
    create: [{ location_id: 'sloc_2' }],
    update: [{ location_id: 'sloc_9' }],
  })
  expect(both.status).toBe(404)
  expect((await world.request('GET', `${path}/${id}`)).body.inventory_item.location_levels).toHaveLength(1)
})
