/** Stock that many want at once, while workers die. */
import type { ChildProcess } from 'node:child_process'
import { createReservations } from '../../workflows/inventory/reservations.ts'
import { createWorld, type World } from '../support/index.ts'
import { ended, kill9, startProcess } from '../support/processes.ts'

let world: World
let workers: ChildProcess[] = []
beforeAll(async () => {
  world = await createWorld({ worker: false })
})
afterEach(async () => {
  await Promise.all(workers.map(kill9))
  workers = []
})
afterAll(() => world.stop())

const startWorker = async (breakAt = '') => {
  const worker = await startProcess(world, 'worker', {
    cwd: 'test/support/stock',
    env: { TURRI_BREAK_AT: breakAt },
  })
  workers.push(worker)
  return worker
}

test.each(['opened', 'done'])(
  'of thirty reservations of the last ten while a worker dies at %s, ten succeed',
  async (point) => {
    const id = `iitem_${point}`
    await world.sql('insert into inventory.inventory_item (id) values ($1)', [id])
    await world.sql(
      `insert into inventory.inventory_level (id, inventory_item_id, location_id, stocked_quantity) values ($1, $2, 'sloc_1', 10)`,
      [`ilev_${point}`, id],
    )
    const dying = await startWorker(`${point}:createReservationItems#0`)
    const reservation = { inventory_item_id: id, location_id: 'sloc_1', quantity: '1' }
    const handles = await Promise.all(
      Array.from({ length: 30 }, () => world.start(createReservations, { reservations: [reservation] })),
    )
    expect(await ended(dying)).toBe('SIGKILL')
    await startWorker()
    const answers = await Promise.all(handles.map((handle) => handle.result()))
    expect(answers.filter((answer) => Array.isArray(answer))).toHaveLength(10)
    expect(
      await world.sql(
        `select level.reserved_quantity::int as reserved, count(*)::int as reservations, sum(quantity)::int as held
       from inventory.inventory_level level join inventory.reservation_item held using (inventory_item_id)
       where inventory_item_id = $1 group by level.id`,
        [id],
      ),
    ).toEqual([{ reserved: 10, reservations: 10, held: 10 }])
  },
)
