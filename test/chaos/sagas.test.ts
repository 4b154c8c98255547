/** A short run of what `npm run chaos:sagas` does at length. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openSagaArena, type SagaArena } from './sagas/arena.ts'
import { playSagas, type Report } from './sagas.ts'

const SEED = 20
const LANES = 4

let arena: SagaArena
beforeAll(async () => {
  arena = await openSagaArena(process.env.TURRI_HOME!)
})
afterAll(() => arena.stop())

/** Some at a time, each over rows of its own. */
const playAll = async (from: number, rounds: number, together = 1): Promise<Report[]> => {
  const reports: Report[] = []
  let next = from
  const lane = async () => {
    while (next < from + rounds) reports.push(await playSagas(arena, SEED, next++, together))
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return reports
}
const ends = (reports: Report[]) => new Set(reports.flatMap(({ ended }) => ended.map(({ state }) => state)))

test('a saga that is made at random leaves all as it was, or does all of its plan', async () => {
  const reports = await playAll(0, 40)
  expect(reports.flatMap(({ surprises }) => surprises)).toEqual([])
  expect(ends(reports)).toEqual(new Set(['done', 'refused', 'failed', 'cancelled']))
})

test('so it does when its worker is killed in the middle', async () => {
  let over = false
  const killing = (async () => {
    for (let waitMs = 300; !over; waitMs += 700) {
      await sleep(waitMs)
      arena.kill('worker')
      await arena.up()
    }
  })()
  const reports = await playAll(1000, 16).finally(() => {
    over = true
  })
  await killing
  expect(reports.filter(({ kills }) => kills > 0).length).toBeGreaterThan(3)
})

test('sagas over the same rows never overwrite what another has completed, or say so', async () => {
  const reports = await playAll(2000, 12, 4)
  expect(ends(reports)).toEqual(new Set(['done', 'refused', 'failed', 'cancelled']))
})
