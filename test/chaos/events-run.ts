/** `npm run chaos:events -- --events 1000 --seed 1`: many events under fire. */
import { parseArgs } from 'node:util'
import build from '../support/built.ts'
import { seeded } from './chaos.ts'
import { openEventArena, playEvents } from './events.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
await build()
const arena = await openEventArena('.turri/chaos-events')
console.log(`${values.events} events, seed ${values.seed}`)
try {
  const { published, kills, settledAfterMs } = await playEvents(
    arena,
    Number(values.events),
    seeded(Number(values.seed)),
  )
  console.log(
    `${published} events, ${kills} kills: each of 2 subscribers ran once for each; the last ${(settledAfterMs / 1000).toFixed(1)} s after the last answer`,
  )
} finally {
  await arena.stop()
}
process.exit(0)
