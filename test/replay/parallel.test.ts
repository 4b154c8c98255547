/** Local steps of parallel branches run one after another, so that a replay goes the same way. */
import { Worker } from '@temporalio/worker'
import pg from 'pg'
import { createLogger } from '../../framework/log.ts'
import { workflowBundle } from '../../framework/temporal/bundle.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'
import { sagaProject } from '../support/sagas/turri.config.ts'
import { type Act, performActs } from '../support/sagas/workflows.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    project: ({ modules }) => ({
      ...sagaProject,
      modules: [
        ...sagaProject.modules.filter(({ name }) => name !== 'cms'),
        modules.find(({ name }) => name === 'cms')!,
      ],
    }),
  })
})
afterAll(() => world.stop())

test('a step that is held up holds up those begun after it, and the history can be replayed', async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'a'), ('b', 'b')`)
  const count = (id: string): Act => ({ in: 'red', deeds: [{ do: 'count', id, by: 1 }] })
  const acts: Act[] = [
    {
      branches: {
        deep: [{ branches: { deeper: [{ branches: { deepest: [count('b')] } }] } }, { pages: ['page'] }],
        flat: [count('a'), { waitMs: 1 }],
      },
    },
  ]
  const holding = new pg.Client({ connectionString: world.databaseUrl })
  await holding.connect()
  await holding.query(`begin; select from red.thing where id = 'b' for update`)
  const handle = await world.start(performActs, { acts, inSaga: true })
  const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await eventually(async () => (await world.sql(waits)).length > 0, 'the deep step waits for its row')
  await new Promise((resolve) => setTimeout(resolve, 300)) // time in which a parallel step would end
  const [a] = await world.sql<{ stock: number }>(`select stock from red.thing where id = 'a'`)
  expect(a!.stock).toBe(0)
  await holding.query('commit')
  await holding.end()
  await handle.result()

  const log = createLogger({ level: 'silent' })
  const cache = `${world.config.home}/bundles`
  const codePath = await workflowBundle({
    entries: [sagaProject.workflows],
    queueByMethod: {},
    encrypted: false,
    cache,
    log,
  })
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, await handle.fetchHistory(), handle.workflowId)
})
