/** `npm run chaos:shop -- --times 100 --seed 1`: a catalogue under fire. */
import { parseArgs } from 'node:util'
import build from '../support/built.ts'
import { openArena, seeded } from './chaos.ts'
import { playShop } from './shop.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
await build()
const arena = await openArena('.turri/chaos-shop')
console.log(`each play ${values.times} times, seed ${values.seed}`)
try {
  const { changes, kills } = await playShop(arena, Number(values.times), seeded(Number(values.seed)))
  console.log(`${changes} changes, ${kills} kills: each was done or refused, whole, once, and counted`)
} finally {
  await arena.stop()
}
process.exit(0)
