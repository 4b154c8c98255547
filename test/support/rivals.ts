import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { eventually } from './processes.ts'
import type { World } from './world.ts'

/** How long to wait for the other requests after the first one waits: not all of them may need the lock. */
const HELD_MS = 1000

/**
 * Runs requests that need the same rows at the same moment: the rows are locked until all requests wait for them. A request without a
 * lock would by then have decided on stale facts.
 *
 * @param rows `from …` and `where …` in SQL
 */
export async function rivals<T>(world: World, rows: string, requests: () => Promise<T>[]): Promise<T[]> {
  let answers: Promise<T[]> | undefined
  await holding(world, `select 1 ${rows} for update`, async () => {
    const sent = requests()
    let open = sent.length
    for (const request of sent) request.finally(() => open--).catch(() => {})
    answers = Promise.all(sent)
    await Promise.race([somebodyWaits(world), answers])
    const haveCome = async () => (await waiting(world)) >= open
    await Promise.race([eventually(haveCome, 'all wait'), sleep(HELD_MS)])
  })
  return answers!
}

/**
 * Runs a request while a transaction has executed `text`. The transaction commits when the request waits for it and `meanwhile` is over.
 */
export async function whileHeld<T>(
  world: World,
  text: string,
  waiting: () => Promise<T>,
  meanwhile = async () => {},
): Promise<T> {
  let answer: Promise<T> | undefined
  await holding(world, text, async () => {
    answer = waiting()
    await somebodyWaits(world)
    await meanwhile()
  })
  return answer!
}

/**
 * Runs two requests that wait for the same lock one after the other, and so continue in this order.
 *
 * @param held a statement that takes the lock
 */
export async function behind<T>(
  world: World,
  held: string,
  first: () => Promise<T>,
  second: () => Promise<T>,
): Promise<[T, T]> {
  let other: Promise<T> | undefined
  const one = await whileHeld(world, held, first, async () => {
    other = second()
    await somebodyWaits(world, 2)
  })
  return [one, await other!]
}

/** Runs `during` in a transaction that has executed `text`. */
async function holding(world: World, text: string, during: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: world.databaseUrl })
  await holder.connect()
  try {
    await holder.query(`begin; ${text}`)
    await during()
    await holder.query('commit')
  } finally {
    await holder.end()
  }
}

/** Waits until at least `count` connections of the world's database wait for a lock. */
export function somebodyWaits(world: World, count = 1): Promise<void> {
  return eventually(async () => (await waiting(world)) >= count, 'somebody waits for a lock')
}

async function waiting(world: World): Promise<number> {
  const [row] = await world.sql<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row!.count
}
