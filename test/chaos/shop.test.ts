/** A short run of what `npm run chaos:shop` does at length. */
import { type Arena, openArena, seeded } from './chaos.ts'
import { playShop } from './shop.ts'

let arena: Arena
beforeAll(async () => {
  arena = await openArena('.turri/test-chaos-shop')
})
afterAll(() => arena.stop())

test('products created, updated and deleted while processes are killed are complete, unique and counted', async () => {
  const { kills } = await playShop(arena, 15, seeded(4))
  expect(kills).toBeGreaterThan(0)
}, 240_000)
