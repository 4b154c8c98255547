/**
 * Histories that were recorded are replayed by the code of today: a change that breaks running workflows fails here.
 *
 * After a deliberate change of a workflow's steps: `RECORD=1 npm test -- test/replay`, and say in the commit why.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { Worker } from '@temporalio/worker'
import { createLogger } from '../../framework/log.ts'
import { workflowBundle } from '../../framework/temporal/bundle.ts'
import { installRuntime } from '../../framework/temporal/runtime.ts'
import { createBrands, deleteBrands, updateBrands } from '../../workflows/brand/brands.ts'
import { syncBrandsToCms } from '../../workflows/brand/sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'

installRuntime(createLogger({ level: 'error' }))
const folder = fileURLToPath(new URL('./histories', import.meta.url))

/** The lives of workflows that are worth keeping: one that works, one that is taken back. */
async function record(world: World): Promise<void> {
  const keep = async (name: string, workflowId: string) => {
    const history = await world.client.workflow.getHandle(workflowId).fetchHistory()
    writeFileSync(join(folder, `${name}.json`), `${anonymous(historyToJSON(history))}\n`)
  }
  const [brand] = await world.run(createBrands, { brands: [{ name: 'Recorded' }, { name: 'Kept' }] }, 'create')
  await keep('create-brands', 'create')
  await world.run(updateBrands, { brands: [{ id: brand!.id, name: 'Changed' }] }, 'update')
  await keep('update-brands', 'update')
  world.cms.meet({ status: 503 }, { refuse: 'full' })
  await world.run(syncBrandsToCms, {}, 'sync-refused').catch(() => {})
  await keep('sync-brands-to-cms-refused', 'sync-refused')
  await world.run(syncBrandsToCms, {}, 'sync')
  await keep('sync-brands-to-cms', 'sync')
  await world.run(deleteBrands, { ids: [brand!.id] }, 'delete')
  await keep('delete-brands', 'delete')
}

/** Without the machine that it was recorded on. */
const anonymous = (json: string) =>
  json.replaceAll(process.cwd(), '').replace(/"identity":\s*"[^"]*"/g, '"identity": "recorded"')

const bundleOf = (entry: string) =>
  workflowBundle({
    entries: [entry],
    queueByMethod: {},
    encrypted: false,
    cache: '.turri/test/bundles',
    log: createLogger({ level: 'error' }),
  })

async function replay(codePath: string): Promise<Record<string, string | undefined>> {
  const names = readdirSync(folder).sort()
  const histories = names.map((name) => ({
    workflowId: name,
    history: JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }))
  const results: Record<string, string | undefined> = {}
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories)) {
    results[workflowId] = error?.name
  }
  return results
}

if (process.env.RECORD) {
  test('records histories', async () => {
    const world = await createWorld({ keys: '' })
    await record(world)
    await world.stop()
  })
}

test('today’s code replays every recorded history', async () => {
  const results = await replay(await bundleOf(fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))))
  expect(results).toEqual({
    'create-brands.json': undefined,
    'delete-brands.json': undefined,
    'sync-brands-to-cms-refused.json': undefined,
    'sync-brands-to-cms.json': undefined,
    'update-brands.json': undefined,
  })
})

test('a workflow whose steps were changed is noticed', async () => {
  const results = await replay(await bundleOf(fileURLToPath(new URL('./changed-workflows.ts', import.meta.url))))
  expect(results['create-brands.json']).toBe('DeterminismViolationError')
  expect(results['update-brands.json']).toBeUndefined()
})
