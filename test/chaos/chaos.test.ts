/** A short run of what `npm run chaos` does at length. */
import { type Arena, openArena, playRound, seeded, VICTIMS } from './chaos.ts'

let arena: Arena
beforeAll(async () => {
  arena = await openArena('.turri/test-chaos')
})
afterAll(() => arena.stop())

test.each(VICTIMS)(
  'with the %s killed in the middle, the CMS has all missing brands or is as before',
  async (victim) => {
    const { outcome } = await playRound(arena, victim, seeded(7))
    expect(['all added', 'as before', 'never begun']).toContain(outcome)
  },
)
