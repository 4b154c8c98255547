/**
 * A project links something to every row of the core: whatever deletes a row takes its links along in the same step, and undoing
 * it brings both back.
 */
import { seed } from '../api/contract/seed.ts'
import { createWorld, type World } from '../support/index.ts'
import { entities, planted, plantedOn } from '../support/planted/project.ts'
import { type Shop, WAYS } from '../support/planted/ways.ts'
import { deleteAndFail } from '../support/planted/workflows.ts'

/** Rows that nothing deletes. A new entity is either deleted in one of `WAYS`, or listed here with its reason. */
const KEPT: Record<string, string> = {
  'currency.currency': 'come with the module',
  'fulfillment.fulfillment_provider': 'are those of the module’s options',
  'payment.payment_provider': 'are those of the module’s options',
  'promotion.application_method_buy_rules': 'stay beside their deleted rule',
  'promotion.application_method_target_rules': 'stay beside their deleted rule',
  'promotion.promotion_promotion_rule': 'stay beside their deleted rule',
  'region.region_country': 'come with the module, and change their region',
  'stock_location.stock_location_address': 'stay when their location is deleted',
  'store.store': 'there is one',
  'tax.tax_provider': 'are those of the module’s options',
}

let world: World
let shop: Shop
beforeAll(async () => {
  world = await createWorld({ project: planted })
  shop = { world, filled: (await seed(world)).filled }
  for (const row of await world.sql<{ entity: string }>(
    `select table_schema || '.' || table_name as entity from information_schema.columns where column_name = 'deleted_at'`,
  ))
    hideable.add(row.entity)
})
afterAll(() => world.stop())

/** Entities whose rows are hidden and not deleted for good. */
const hideable = new Set<string>()
const everGone = new Set<string>()

/** The rows of an entity that are there. */
function rowsOf(entity: string): string {
  const table = entity.replace(/(.*)\.(.*)/, '"$1"."$2"')
  return hideable.has(entity) ? `${table} where deleted_at is null` : table
}

/** A link on each row that has none yet. */
async function plantLinks(): Promise<void> {
  const inserts = entities.map(
    (entity) =>
      `insert into link.${plantedOn(entity)} (id, far_id, near_id)
       select 'of ' || id, 'far', id from ${rowsOf(entity)} on conflict do nothing;`,
  )
  await world.sql(inserts.join('\n'))
}

/** All that is there: rows, and the rows that have planted links. */
async function standing(): Promise<unknown[]> {
  const counted = entities.map(
    (entity) => `
      select '${entity}' as entity, (select json_agg(id order by id) from ${rowsOf(entity)}) as rows,
        (select json_agg(near_id order by near_id) from ${rowsOf(`link.${plantedOn(entity)}`)}) as linked`,
  )
  return world.sql(counted.join(' union all '))
}

/** What an execution has hidden or deleted, by entity: each row with the step that did it. */
async function goneIn(execution: string): Promise<Map<string, string[][]>> {
  const rows = await world.sql<{ entity: string; row_id: string; receipt: string }>(
    `select j.entity, j.row_id, j.receipt from turri.journal j join turri.receipt r on r.id = j.receipt
     where r.workflow_id = $1 and (j.op = 'd' or j.after ->> 'deleted_at' is not null) order by j.row_id`,
    [execution],
  )
  const gone = new Map<string, string[][]>()
  for (const { entity, row_id, receipt } of rows) gone.set(entity, [...(gone.get(entity) ?? []), [row_id, receipt]])
  return gone
}

test.each(Object.entries(WAYS))('%s', async (route, way) => {
  const [method, path] = route.split(' ') as [string, string]
  const sent = await way(shop)
  await plantLinks()
  const before = await standing()
  let execution: string
  if (sent.run) {
    execution = `test/${method}`
    await sent.run(execution)
  } else {
    const answer = await world.request(method, sent.path ?? shop.filled(path), sent.body)
    expect(answer).toMatchObject({ status: 200 })
    execution = answer.headers.get('x-workflow-id')!
  }
  const gone = await goneIn(execution)
  const deleted = entities.filter((entity) => gone.has(entity))
  expect(deleted).not.toEqual([])
  for (const entity of entities) {
    const links = gone.get(entity)?.map(([id, receipt]) => [`of ${id}`, receipt])
    expect([entity, gone.get(`link.${plantedOn(entity)}`)]).toEqual([entity, links])
  }
  for (const entity of deleted) everGone.add(entity)
  const undone = await world.request('POST', `/admin/workflows-executions/${execution}/undo`)
  expect(undone).toMatchObject({ status: 200 })
  expect(await standing()).toEqual(before)
})

test('every DELETE of the API is among them', async () => {
  const { paths } = (await world.request('GET', '/openapi.json')).body as { paths: Record<string, object> }
  const routes = Object.keys(paths).flatMap((path) => ('delete' in paths[path]! ? `DELETE ${path}` : []))
  expect(routes.length).toBeGreaterThan(25)
  expect(routes.filter((route) => !(route in WAYS))).toEqual([])
})

test('every entity of the core was deleted by one of them, but for those that nothing deletes', () => {
  expect(entities.filter((entity) => !everGone.has(entity)).sort()).toEqual(Object.keys(KEPT).sort())
})

test('what fails brings the links back with their rows', async () => {
  await plantLinks()
  const before = await standing()
  const idOf = (path: string) => [shop.filled(path).split('/').at(-1)!]
  const deletion = { tags: idOf('/admin/product-tags/{id}'), channels: idOf('/admin/sales-channels/{id}') }
  const failing = world.run(deleteAndFail, deletion, 'delete-and-fail')
  await expect(failing).rejects.toMatchObject({ message: 'they are needed after all' })
  const gone = await goneIn('delete-and-fail')
  for (const entity of ['product.product_tag', 'sales_channel.sales_channel'])
    expect(gone.get(`link.${plantedOn(entity)}`)).toHaveLength(1)
  expect(await standing()).toEqual(before)
})
