/** The play of `turri demo`, in four acts, each checked as it goes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeCms } from '../../test/support/fake-cms.ts'
import type { Child } from '../child.ts'
import { createBrands, type DemoApi, demoApi } from './api.ts'
import { showShop } from './shop.ts'
import { check, say, title } from './stage.ts'

export interface DemoShop {
  url: string
  /** Of a user who may do everything. */
  token: string
  temporalUiUrl?: string | undefined
  cms: FakeCms
  worker: Child
  startWorker: () => Promise<Child>
}

const FIRST = 450
const SECOND = 400
const SLOW_MS = 600

/** @returns whether everything was as promised. */
export async function playDemo(shop: DemoShop): Promise<boolean> {
  const api = demoApi(shop)
  const checks = [await works(shop, api), await refuses(shop, api), await dies(shop, api), await showShop(shop)].flat()
  return checks.every(Boolean)
}

async function works({ cms }: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('1. The main job')
  await createBrands(api, FIRST, 'Works')
  const synced = await api.sync()
  say(`POST /admin/brands/sync → ${JSON.stringify(synced.body)}`)
  await api.printSteps(synced.workflowId)
  return [
    check(`the CMS has all ${FIRST} brands`, cms.items.size === FIRST),
    check('the sync says that it added them', synced.body.added === FIRST),
  ]
}

async function refuses({ cms }: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('2. The CMS refuses halfway')
  await createBrands(api, SECOND, 'Refused')
  const before = [...cms.items.keys()].join()
  cms.meet('none', { refuse: 'the collection is full' })
  const refused = await api.sync()
  say(`POST /admin/brands/sync → HTTP ${refused.status} ${JSON.stringify(refused.body)}`)
  await api.printSteps(refused.workflowId)
  return [
    check('the sync was refused, and says why', refused.body.code === 'CMS_REFUSED'),
    check('the CMS is exactly as it was before', [...cms.items.keys()].join() === before),
  ]
}

async function dies(shop: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('3. The worker is killed in the middle of a sync')
  const { cms } = shop
  const added = () => cms.items.size - FIRST
  cms.slowDown(SLOW_MS)
  const from = cms.requests.length
  const syncing = api.sync()
  while (added() === 0) await sleep(20)
  shop.worker.process.kill('SIGKILL')
  say(`kill -9 ${shop.worker.pid}: the worker is gone, ${added()} of ${SECOND} pages are in the CMS`)
  const killedAt = Date.now()
  await sleep(1000)
  const worker = await shop.startWorker()
  cms.slowDown(0)
  say(`a new worker is up (process ${worker.pid}); nobody told it what to do`)
  const synced = await syncing
  say(`POST /admin/brands/sync, still waiting since before → ${JSON.stringify(synced.body)}`)
  say(`answered ${((Date.now() - killedAt) / 1000).toFixed(1)} s after the kill`)
  await api.printSteps(synced.workflowId)
  const stored = cms.stored.slice(-added())
  say(
    `the CMS was asked ${cms.requests.slice(from).filter((request) => request.startsWith('POST')).length} times to add pages`,
  )
  return [
    check(`the CMS has all ${FIRST + SECOND} brands`, cms.items.size === FIRST + SECOND),
    check('each page was added once', new Set(stored).size === SECOND && stored.length === SECOND),
    check('the sync says that it added them', synced.body.added === SECOND),
  ]
}
