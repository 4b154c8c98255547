/**
 * `npm run chaos:sagas -- --runs 1000 --seed 1`: many random sagas, and what came of them.
 *
 *   --concurrency 4  so many at once over the same rows; alone where it is left out
 *   --kills          the worker is killed with -9 every few seconds, now and then Postgres or Temporal
 *   --lanes 4        so many rounds at a time, each over rows of its own
 *   --from 17        begins with that round: the plan of a round depends on seed, number and concurrency alone
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../support/built.ts'
import { bringUp } from '../support/global-setup.ts'
import { openSagaArena } from './sagas/arena.ts'
import { dice } from './sagas/dice.ts'
import { playSagas, type Report, WrongRound } from './sagas.ts'

const HOME = process.env.TURRI_HOME ?? '.turri/sagas'
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    concurrency: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '4' },
    from: { type: 'string', default: '0' },
    kills: { type: 'boolean', default: false },
  },
})
const [runs, seed, together, from] = [values.runs, values.seed, values.concurrency, values.from].map(Number) as [
  number,
  number,
  number,
  number,
]
const rounds = Math.ceil(runs / together)
const reports: Report[] = []
const wrong: string[] = []
const began = performance.now()
let over = false
console.log(
  `${rounds * together} sagas, ${together} at once over the same rows, seed ${seed}${values.kills ? ', with kills' : ''}`,
)

process.env.NODE_ENV = 'test'
await build()
const stack = await bringUp(HOME)
const arena = await openSagaArena(HOME, stack)
const killer = values.kills ? killing() : undefined
try {
  let next = from
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane))
  async function lane(): Promise<void> {
    while (next < from + rounds) await playOne(next++)
  }
} finally {
  over = true
  await killer
  summarise()
  await arena.stop()
  await stack.stop()
}
process.exit(wrong.length === 0 && reports.length === rounds ? 0 : 1)

async function playOne(index: number): Promise<void> {
  try {
    const report = await playSagas(arena, seed, index, together)
    reports.push(report)
    for (const surprise of report.surprises) console.log(`      ${surprise}`)
    if (reports.length % 25 === 0) console.log(`${String(reports.length).padStart(5)} of ${rounds} rounds right`)
  } catch (error) {
    wrong.push((error as Error).message)
    console.log((error as Error).message)
    if (!(error instanceof WrongRound)) return
    writeFileSync(`${HOME}/round-${index}.json`, JSON.stringify(error.records, null, 1))
    console.log(`  plan and journal are in ${HOME}/round-${index}.json`)
  }
}

/** Every few seconds, for as long as the sagas run. */
async function killing(): Promise<void> {
  const random = dice(seed, 0, 0, 1)
  for (;;) {
    await sleep(1000 + random.below(5000))
    if (over) return
    arena.kill(random.weighed({ worker: 8, postgres: 1, temporal: 1 }))
    await arena.up()
  }
}

function summarise(): void {
  const count = (state: string) => reports.flatMap(({ ended }) => ended).filter((ended) => ended.state === state).length
  const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0)
  const hit = reports.filter(({ kills }) => kills > 0).length * together
  console.log(
    `\n${reports.length * together} of ${rounds * together} sagas audited right, ${wrong.length} rounds wrong: ` +
      `${count('done')} complete, ${count('refused')} refused, ${count('failed')} failed, ${count('cancelled')} cancelled; ` +
      `${sum(({ conflicts }) => conflicts)} undo conflicts; ${arena.kills} kills, during ${hit} sagas; ` +
      `${sum(({ surprises }) => surprises.length)} failed without being told to; ${Math.round((performance.now() - began) / 1000)} s`,
  )
}
