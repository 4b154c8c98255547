/** A short run of what `npm run chaos:shop` does at length. */
import type { Arena } from './chaos.ts'
import { seeded } from './chaos.ts'
import { openShopArena, playShop } from './shop.ts'

let arena: Arena
beforeAll(async () => {
  process.execArgv.splice(0, process.execArgv.length, '--conditions=turri-source', '--import', 'tsx')
  arena = await openShopArena('.turri/test-chaos-shop', 'cli/turri.ts')
}, 120_000)
afterAll(() => arena.stop())

test('products that are made, changed and deleted while everything is killed are whole, once, and counted', async () => {
  const { kills } = await playShop(arena, 15, seeded(4))
  expect(kills).toBeGreaterThan(0)
}, 240_000)
