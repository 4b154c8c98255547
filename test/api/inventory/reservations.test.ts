import { createInventoryItems } from '../../../workflows/inventory/inventory-items.ts'
import {
  createReservations,
  deleteReservations,
  updateReservations,
} from '../../../workflows/inventory/reservations.ts'
import { createWorld, type World } from '../../support/index.ts'
import { eventually } from '../../support/processes.ts'
import { behind, rivals, somebodyWaits } from '../../support/rivals.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.sql(
    `insert into stock_location.stock_location (id, name) select 'sloc_' || n, 'Place ' || n from generate_series(1, 2) n`,
  )
})
afterAll(() => world.stop())

const path = '/admin/reservations'

async function stock(stocked_quantity: number, ...further: number[]): Promise<string> {
  const location_levels = [stocked_quantity, ...further].map((quantity, i) => ({
    location_id: `sloc_${i + 1}`,
    stocked_quantity: String(quantity),
  }))
  const [item] = await world.run(createInventoryItems, { inventory_items: [{ title: 'Thing', location_levels }] })
  return item!.id
}

const reserve = (inventory_item_id: string, quantity: number, more: object = {}) =>
  world.request('POST', path, { inventory_item_id, location_id: 'sloc_1', quantity, ...more })

const levelsOf = async (id: string): Promise<number[][]> => {
  const { body } = await world.request('GET', `/admin/inventory-items/${id}/location-levels`)
  return body.inventory_levels.map((level: Record<string, number>) => [
    level.reserved_quantity,
    level.available_quantity,
  ])
}

test('a reservation is created, filtered, moved and deleted, with the reserved quantity', async () => {
  const id = await stock(10, 4)
  const { status, body } = await reserve(id, 3, { description: 'for Ann', line_item_id: 'ordli_1', metadata: { a: 1 } })
  expect(status).toBe(200)
  const { reservation } = body
  expect(reservation).toEqual({
    id: expect.stringMatching(/^resitem_/),
    location_id: 'sloc_1',
    inventory_item_id: id,
    quantity: 3,
    line_item_id: 'ordli_1',
    description: 'for Ann',
    metadata: { a: 1 },
    created_at: expect.any(String),
    updated_at: expect.any(String),
    inventory_item: expect.objectContaining({ id, title: 'Thing', reserved_quantity: 3, stocked_quantity: 14 }),
  })
  expect(reservation.inventory_item).not.toHaveProperty('location_levels')
  expect(await levelsOf(id)).toEqual([
    [3, 7],
    [0, 4],
  ])
  const found = await world.request(
    'GET',
    `${path}?inventory_item_id[]=${id}&location_id=sloc_1&q=ann&quantity[$gte]=3`,
  )
  expect(found.body).toMatchObject({ reservations: [{ id: reservation.id }], count: 1, limit: 20 })
  const more = await world.request('POST', `${path}/${reservation.id}?fields=quantity`, { quantity: 10 })
  expect(more.body).toEqual({ reservation: { id: reservation.id, quantity: 10 } })
  await world.request('POST', `${path}/${reservation.id}`, { location_id: 'sloc_2', quantity: 4 })
  expect(await levelsOf(id)).toEqual([
    [0, 10],
    [4, 0],
  ])
  const gone = await world.request('DELETE', `${path}/${reservation.id}`)
  expect(gone.body).toEqual({ id: reservation.id, object: 'reservation', deleted: true })
  expect(await levelsOf(id)).toEqual([
    [0, 10],
    [0, 4],
  ])
  expect((await world.request('DELETE', `${path}/${reservation.id}`)).status).toBe(404)
})

test('a reservation is one step with one event', async () => {
  const { headers, body } = await reserve(await stock(1), 1)
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toEqual([
    { method: 'createReservationItems' },
  ])
  expect(await world.sql('select name, data from turri.event where workflow_id = $1', of)).toEqual([
    { name: 'reservation-item.created', data: { id: body.reservation.id } },
  ])
})

test('reserving more than is available, or where nothing is stocked, is refused', async () => {
  const id = await stock(2)
  const short = { type: 'not_allowed', code: 'insufficient_inventory' }
  expect(await reserve(id, 2.5)).toMatchObject({
    status: 400,
    body: { ...short, message: `Not enough stock available for item ${id} at location sloc_1` },
  })
  expect(await reserve(id, 0)).toMatchObject({
    status: 400,
    body: { message: 'Reservation Item: the quantity must be more than nothing' },
  })
  expect(await reserve(id, 1, { location_id: 'sloc_9' })).toMatchObject({ status: 404 })
  const { body } = await reserve(id, 1)
  expect(await world.request('POST', `${path}/${body.reservation.id}`, { quantity: 3 })).toMatchObject({
    status: 400,
    body: short,
  })
  expect(await levelsOf(id)).toEqual([[1, 1]])
})

test('reserved levels and items cannot be deleted, nor their stock reduced', async () => {
  const id = await stock(5)
  await reserve(id, 3)
  expect(await world.request('DELETE', `/admin/inventory-items/${id}`)).toMatchObject({
    status: 400,
    body: { type: 'not_allowed', message: `Inventory items with reservations cannot be deleted: ${id}` },
  })
  const level = `/admin/inventory-items/${id}/location-levels/sloc_1`
  expect(await world.request('DELETE', level)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('some of it is reserved') },
  })
  expect(await world.request('POST', level, { stocked_quantity: 2 })).toMatchObject({
    status: 400,
    body: { type: 'not_allowed', message: 'Inventory Level: more cannot be reserved than is stocked' },
  })
  expect((await world.request('POST', level, { stocked_quantity: 3 })).status).toBe(200)
})

test('a backorder needs no stock and does not free any for others', async () => {
  const id = await stock(1)
  const backorder = { inventory_item_id: id, location_id: 'sloc_1', quantity: '5', allow_backorder: true }
  const [held] = await world.run(createReservations, { reservations: [backorder] })
  expect(await levelsOf(id)).toEqual([[5, -4]])
  expect((await reserve(id, 1)).status).toBe(400)
  await world.run(deleteReservations, { ids: [held!.id] })
  expect((await reserve(id, 1)).status).toBe(200)
  expect(
    await world.sql('select backorder_quantity::int from inventory.inventory_level where inventory_item_id = $1', [id]),
  ).toEqual([{ backorder_quantity: 0 }])
})

test('of fifty concurrent reservations of the last ten, exactly ten succeed', async () => {
  const id = await stock(10)
  const one = { inventory_item_id: id, location_id: 'sloc_1', quantity: '1' }
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, () => world.run(createReservations, { reservations: [one] })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'insufficient_inventory' })
  }
  expect(await levelsOf(id)).toEqual([[10, 0]])
  expect(
    await world.sql('select sum(quantity)::int as held from inventory.reservation_item where inventory_item_id = $1', [
      id,
    ]),
  ).toEqual([{ held: 10 }])
})

test('concurrent reservations in different orders do not deadlock', async () => {
  const ids = [await stock(40), await stock(40), await stock(40)]
  const wanted = ids.map((inventory_item_id) => ({ inventory_item_id, location_id: 'sloc_1', quantity: '1' }))
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      world.run(createReservations, { reservations: i % 2 === 0 ? wanted : wanted.toReversed() }),
    ),
  )
  for (const id of ids) expect(await levelsOf(id)).toEqual([[40, 0]])
})

test('an item deleted and reserved at once is either deleted or reserved', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => stock(1)))
  for (const id of ids) {
    const [deleted, reserved] = await Promise.all([
      world.request('DELETE', `/admin/inventory-items/${id}`),
      reserve(id, 1),
    ])
    expect([deleted.status, reserved.status].filter((status) => status === 200)).toHaveLength(1)
  }
})

test('a reservation that is changed twice in one change counts once', async () => {
  const [first, second] = [{ location_id: 'sloc_2', quantity: '3' }, { quantity: '4' }]
  const id = await stock(5, 5)
  const { body } = await reserve(id, 2)
  const { id: reservation } = body.reservation
  const reservations = [first, second].map((change) => ({ id: reservation, ...change }))
  await world.run(updateReservations, { reservations })
  expect(await levelsOf(id)).toEqual([
    [0, 5],
    [4, 1],
  ])
  await world.run(deleteReservations, { ids: [reservation] })
  expect(await levelsOf(id)).toEqual([
    [0, 5],
    [0, 5],
  ])
})

test('an item is deleted while its levels change', async () => {
  const id = await stock(0)
  const { body } = await world.request('GET', `/admin/inventory-items/${id}/location-levels`)
  const [level] = body.inventory_levels
  const change = { delete: [level.id], create: [{ location_id: 'sloc_2', stocked_quantity: 1 }] }
  const answers = await rivals(world, `from inventory.inventory_level where id = '${level.id}'`, () => [
    world.request('POST', `/admin/inventory-items/${id}/location-levels/batch`, change),
    somebodyWaits(world).then(() => world.request('DELETE', `/admin/inventory-items/${id}`)),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await world.request('GET', `/admin/inventory-items/${id}`)).status).toBe(404)
})

test('two batches delete and update the same levels in opposite order', async () => {
  const id = await stock(1, 1)
  const at = `/admin/inventory-items/${id}/location-levels`
  const [one, other] = (await world.request('GET', at)).body.inventory_levels
  const batch =
    (gone: { id: string }, { location_id }: { location_id: string }) =>
    () =>
      world.request('POST', `${at}/batch`, {
        delete: [gone.id],
        update: [{ location_id, stocked_quantity: 2 }],
        force: true,
      })
  const held = `select from inventory.inventory_level where inventory_item_id = '${id}' for update`
  const answers = await behind(world, held, batch(one, other), batch(other, one))
  expect(answers.map(({ status }) => status)).toEqual([200, 404])
  expect(await levelsOf(id)).toEqual([[0, 2]])
})

test('an undo reverts its own change only', async () => {
  const undo = (workflow: string | null) => world.request('POST', `/admin/workflows-executions/${workflow}/undo`)
  const id = await stock(0)
  const raised = await world.request('POST', `/admin/inventory-items/${id}/location-levels/sloc_1`, {
    stocked_quantity: 10,
  })
  const first = await reserve(id, 6)
  expect((await reserve(id, 3)).status).toBe(200)
  expect((await undo(raised.headers.get('x-workflow-id'))).body).toMatchObject({ code: 'CHANGE_NOT_UNDOABLE' })
  expect((await undo(first.headers.get('x-workflow-id'))).status).toBe(200)
  expect(await levelsOf(id)).toEqual([[3, 7]])
  expect((await world.request('GET', `${path}?inventory_item_id=${id}`)).body.count).toBe(1)
})

test('no deadlock has occurred', async () => {
  await eventually(async () => {
    const [{ commits }] = (await world.sql(
      'select xact_commit::int as commits from pg_stat_database where datname = current_database()',
    )) as [{ commits: number }]
    return commits > 100
  }, 'Postgres counts what it did')
  expect(await world.sql('select deadlocks::int from pg_stat_database where datname = current_database()')).toEqual([
    { deadlocks: 0 },
  ])
})
