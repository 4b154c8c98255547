/** `npm run chaos -- --kills 100 --seed 1`: many rounds, and what came of them. */
import { parseArgs } from 'node:util'
import build from '../support/built.ts'
import { openArena, playRound, type Round, seeded, VICTIMS } from './chaos.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
const kills = Number(values.kills)
const random = seeded(Number(values.seed))
await build()
const arena = await openArena('.turri/chaos')
const rounds: Round[] = []
console.log(`${kills} kills, seed ${values.seed}`)
try {
  for (let i = 0; i < kills; i++) {
    const round = await playRound(arena, VICTIMS[Math.floor(random() * VICTIMS.length)]!, random)
    rounds.push(round)
    console.log(
      `${String(i + 1).padStart(4)}  killed ${round.victim.padEnd(8)}  CMS: ${round.trouble.padEnd(33)}  ${round.outcome.padEnd(11)}  ${(round.settledAfterMs / 1000).toFixed(1)} s after all was up`,
    )
  }
} finally {
  summarise()
  await arena.stop()
}
process.exit(rounds.length === kills ? 0 : 1)

function summarise(): void {
  const count = (outcome: Round['outcome']) => rounds.filter((round) => round.outcome === outcome).length
  const slowest = Math.max(0, ...rounds.map(({ settledAfterMs }) => settledAfterMs))
  console.log(
    `\n${rounds.length} of ${kills} rounds audited: ${count('all added')} added all, ${count('as before')} left the CMS as it was, ${count('never begun')} were killed before they began; slowest settled after ${(slowest / 1000).toFixed(1)} s`,
  )
}
