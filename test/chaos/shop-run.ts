/** `npm run chaos:shop -- --times 100 --seed 1`: a catalogue under fire. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { seeded } from './chaos.ts'
import { openShopArena, playShop } from './shop.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
const arena = await openShopArena('.turri/chaos-shop', fileURLToPath(new URL('../../cli/turri.ts', import.meta.url)))
console.log(`each play ${values.times} times, seed ${values.seed}`)
try {
  const { changes, kills } = await playShop(arena, Number(values.times), seeded(Number(values.seed)))
  console.log(`${changes} changes, ${kills} kills: each was done or refused, whole, once, and counted`)
} finally {
  await arena.stop()
}
process.exit(0)
