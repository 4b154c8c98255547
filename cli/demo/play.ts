/** The four parts of `turri demo`, each with checks. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeCms } from '../../test/support/fake-cms.ts'
import type { Child } from '../child.ts'
import { createBrands, type DemoApi, demoApi } from './api.ts'
import { check, print, title } from './output.ts'
import { showShop } from './shop.ts'

export interface DemoShop {
  url: string
  /** The bearer token of a user. */
  token: string
  temporalUiUrl?: string | undefined
  cms: FakeCms
  worker: Child
  startWorker: () => Promise<Child>
}

const FIRST = 450
const SECOND = 400
const SLOW_MS = 600

/** @returns whether all checks passed. */
export async function playDemo(shop: DemoShop): Promise<boolean> {
  const api = demoApi(shop)
  const checks = [
    await syncBrands(shop, api),
    await syncToRefusingCms(shop, api),
    await killWorker(shop, api),
    await showShop(shop),
  ].flat()
  return checks.every(Boolean)
}

async function syncBrands({ cms }: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('1. Syncing brands to the CMS')
  await createBrands(api, FIRST, 'Works')
  const synced = await api.sync()
  print(`POST /admin/brands/sync → ${JSON.stringify(synced.body)}`)
  await api.printSteps(synced.workflowId)
  return [
    check(`the CMS has all ${FIRST} brands`, cms.items.size === FIRST),
    check('the sync reports that it added them', synced.body.added === FIRST),
  ]
}

async function syncToRefusingCms({ cms }: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('2. The CMS refuses halfway')
  await createBrands(api, SECOND, 'Refused')
  const before = [...cms.items.keys()].join()
  cms.meet('none', { refuse: 'the collection is full' })
  const refused = await api.sync()
  print(`POST /admin/brands/sync → HTTP ${refused.status} ${JSON.stringify(refused.body)}`)
  await api.printSteps(refused.workflowId)
  return [
    check('the sync fails with the reason', refused.body.code === 'CMS_REFUSED'),
    check('the CMS is exactly as it was before', [...cms.items.keys()].join() === before),
  ]
}

async function killWorker(shop: DemoShop, api: DemoApi): Promise<boolean[]> {
  title('3. The worker is killed during a sync')
  const { cms } = shop
  const added = () => cms.items.size - FIRST
  cms.slowDown(SLOW_MS)
  const from = cms.requests.length
  const syncing = api.sync()
  while (added() === 0) await sleep(20)
  shop.worker.process.kill('SIGKILL')
  print(`kill -9 ${shop.worker.pid}: the worker is dead, ${added()} of ${SECOND} pages are in the CMS`)
  const killedAt = Date.now()
  await sleep(1000)
  const worker = await shop.startWorker()
  cms.slowDown(0)
  print(`started a new worker (process ${worker.pid}); it continues the sync by itself`)
  const synced = await syncing
  print(`POST /admin/brands/sync, the same request → ${JSON.stringify(synced.body)}`)
  print(`answered ${((Date.now() - killedAt) / 1000).toFixed(1)} s after the kill`)
  await api.printSteps(synced.workflowId)
  const stored = cms.stored.slice(-added())
  print(
    `the CMS received ${cms.requests.slice(from).filter((request) => request.startsWith('POST')).length} requests to add pages`,
  )
  return [
    check(`the CMS has all ${FIRST + SECOND} brands`, cms.items.size === FIRST + SECOND),
    check('each page was added once', new Set(stored).size === SECOND && stored.length === SECOND),
    check('the sync reports that it added them', synced.body.added === SECOND),
  ]
}
