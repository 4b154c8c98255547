/** A short run of what `npm run chaos:events` does at length. */
import { type Arena, seeded } from './chaos.ts'
import { openEventArena, playEvents } from './events.ts'

let arena: Arena
beforeAll(async () => {
  arena = await openEventArena('.turri/test-chaos-events')
})
afterAll(() => arena.stop())

test('events published while processes are killed run each subscriber once', async () => {
  const { kills } = await playEvents(arena, 120, seeded(3))
  expect(kills).toBeGreaterThan(0)
}, 240_000)
