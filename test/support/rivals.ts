import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from './world.ts'

const HELD_MS = 1200
const BEGUN_MS = 200

/**
 * Requests that want the same rows at the same moment: the rows are held until all have come to wait for them. Without a lock
 * where they decide, all would have decided by then on what they saw before.
 *
 * @param rows `from …` and `where …` in SQL
 */
export async function rivals<T>(world: World, rows: string, requests: () => Promise<T>[]): Promise<T[]> {
  const held = world.sql(`do $$ begin perform 1 ${rows} for update; perform pg_sleep(${HELD_MS / 1000}); end $$`)
  await sleep(BEGUN_MS)
  const answers = await Promise.all(requests())
  await held
  return answers
}
