/** A short run of what `npm run chaos` does at length. */
import { fileURLToPath } from 'node:url'
import { type Arena, openArena, playRound, seeded, VICTIMS } from './chaos.ts'

let arena: Arena
beforeAll(async () => {
  process.execArgv.splice(0, process.execArgv.length, '--conditions=turri-source', '--import', 'tsx')
  arena = await openArena('.turri/test-chaos', fileURLToPath(new URL('../../cli/turri.ts', import.meta.url)))
}, 120_000)
afterAll(() => arena.stop())

test.each(VICTIMS)(
  'with the %s killed in the middle, the CMS has all missing brands or is as before',
  async (victim) => {
    const { settledAfterMs } = await playRound(arena, victim, seeded(7))
    expect(settledAfterMs).toBeLessThan(15_000)
  },
)
