/** Events under fire: changes are asked for over HTTP while everything is killed, and then it is counted who heard of what. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Arena, killAlong, openArena, patiently } from './chaos.ts'

const CLIENTS = 8
/** The sweeper comes by once a minute, and what it finds takes a while. */
const SETTLED_WITHIN_MS = 180_000

export interface EventRound {
  published: number
  kills: number
  /** From the last answer until each subscriber had run for each event. */
  settledAfterMs: number
}

/** An arena whose project has two subscribers of `brand.created`, each of which adds a row. */
export function openEventArena(home: string): Promise<Arena> {
  return openArena(home, 'test/support/events')
}

/** Publishes so many events, killing one thing after the other. @throws when one was lost, or heard twice. */
export async function playEvents(arena: Arena, count: number, random: () => number): Promise<EventRound> {
  await arena.sql('truncate brand.brand, green.thing, blue.thing, turri.event cascade')
  const progress = { left: count }
  const clients = Array.from({ length: CLIENTS }, () => publish(arena, progress))
  const killing = killAlong(arena, () => progress.left <= 0, random)
  await Promise.all(clients)
  const kills = await killing
  await arena.up()
  const answeredAt = performance.now()
  await audit(arena, count, answeredAt + SETTLED_WITHIN_MS)
  return { published: count, kills, settledAfterMs: Math.round(performance.now() - answeredAt) }
}

/** One client: each change has a key, and is asked for until it is answered. */
async function publish(arena: Arena, progress: { left: number }): Promise<void> {
  while (progress.left > 0) {
    const name = `Brand ${progress.left--}`
    await patiently(async () => {
      const response = await fetch(`${arena.url()}/admin/brands`, {
        method: 'POST',
        headers: {
          ...arena.headers,
          'content-type': 'application/json',
          'idempotency-key': name.padEnd(24, '-') + arena.stack.databaseUrl.length,
        },
        body: JSON.stringify({ name }),
        signal: AbortSignal.timeout(35_000),
      })
      if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
    }, SETTLED_WITHIN_MS)
  }
}

async function audit(arena: Arena, count: number, deadline: number): Promise<void> {
  for (;;) {
    const books = await booksOf(arena)
    const wrong = Object.entries(books).filter(([, value]) => value !== count)
    const isTooMuch = wrong.some(([, value]) => value > count)
    if (wrong.length === 0) break
    if (isTooMuch || performance.now() > deadline) {
      throw new Error(`Of ${count} events: ${wrong.map(([what, value]) => `${value} ${what}`).join(', ')}`)
    }
    await sleep(250)
  }
  await sleep(500) // what would be heard twice may be on its way
  const twice = Object.entries(await booksOf(arena)).find(([, value]) => value !== count)
  if (twice) throw new Error(`Of ${count} events: ${twice[1]} ${twice[0]}`)
}

/** Each of these has to be the number of events. */
async function booksOf({ sql }: Arena): Promise<Record<string, number>> {
  const [books] = await sql(`select
    (select count(*)::int from brand.brand) as brands,
    (select count(distinct data ->> 'id')::int from turri.event where name = 'brand.created') as events,
    (select count(*)::int from green.thing) as "heard in green",
    (select count(distinct note)::int from green.thing) as "heard of in green",
    (select count(*)::int from blue.thing) as "heard in blue",
    (select count(distinct note)::int from blue.thing) as "heard of in blue",
    (select count(*)::int / 2 from turri.delivery where finished_at is not null and failure is null) as "deliveries done"`)
  return books as Record<string, number>
}
