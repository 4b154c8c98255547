/**
 * Random sagas: made from a seed, played by a real worker that is killed now and then, and audited. Each leaves the database as
 * it was or complete, and those that run at once over the same rows never overwrite each other's committed work in silence.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkflowHandle } from '@temporalio/client'
import { patiently } from './chaos.ts'
import { type Ended, endOf, type SagaArena, startSaga } from './sagas/arena.ts'
import { auditJournal, auditTogether, type Played, recordsOf } from './sagas/audit.ts'
import { makeRound, type Plan, type Round } from './sagas/plan.ts'
import { COLOURS, type Tables } from './sagas/things.ts'

export interface Report {
  index: number
  ended: Ended[]
  /** Rows that were left as they are because somebody had built on them. */
  conflicts: number
  /** How often something was killed while it ran. */
  kills: number
  /** Those that failed although nothing in their plan asks for it. */
  surprises: string[]
}

/** The books of a round do not agree. */
export class WrongRound extends Error {
  /** All there is to find out why. */
  readonly records: object

  constructor({ index, plans }: Round, wrong: string[], records: object) {
    super(`Round ${index}: ${wrong.join('\n  ')}`)
    this.records = { index, wrong, plans: plans.map(({ tables, ...plan }) => plan), ...records }
  }
}

/** Plays the round of that seed and index. @throws when the books do not agree, with all that is wrong. */
export async function playSagas(arena: SagaArena, seed: number, index: number, together: number): Promise<Report> {
  const round = makeRound(seed, index, together)
  const killsBefore = arena.kills
  await arrange(arena, round)
  const before = await snapshot(arena, round.prefix)
  const pagesBefore = pagesOf(arena, round.prefix)
  const [{ last = '0' } = {}] = await arena.sql<{ last: string }>('select max(id)::text as last from turri.journal')
  const ended = await Promise.all(round.plans.map((plan, number) => play(arena, round, plan, number)))
  await arena.world.cms.quiet()
  const played: Played = { round, ended, after: last }
  const wrong = [
    ...round.plans.flatMap((plan, number) => wrongEnd(plan, ended[number]!)),
    ...wrongPages(arena, round, ended, pagesBefore),
    ...(await auditJournal(arena, played)),
    ...(together > 1 ? await auditTogether(arena, played) : await wrongAlone(arena, round, ended[0]!, before)),
  ]
  if (wrong.length > 0) throw new WrongRound(round, wrong, await recordsOf(arena, played))
  const conflicts = await openConflicts(arena, round.prefix)
  await clear(arena, round)
  return { index, ended, conflicts, kills: arena.kills - killsBefore, surprises: surprises(round, ended) }
}

async function arrange({ world, sql }: SagaArena, { prefix, initial, pages, plans }: Round): Promise<void> {
  for (const colour of COLOURS) {
    await sql(
      `insert into ${colour}.thing (id, name, note, amount, labels, stock, token, parent_id, deleted_at)
       select id, name, note, amount, labels, stock, token, parent_id, case when hidden then now() end
       from json_to_recordset($1) t(id text, name text, note text, amount numeric, labels jsonb, stock integer, token text,
         parent_id text, hidden boolean)`,
      [JSON.stringify([...initial[colour].values()])],
    )
  }
  for (const id of pages) world.cms.items.set(id, { id, name: 'was there' })
  for (const [number, { troubles }] of plans.entries()) world.cms.meetAt(`${prefix}page-${number}-`, ...troubles)
}

async function play(arena: SagaArena, round: Round, plan: Plan, number: number): Promise<Ended> {
  await sleep(plan.startAfterMs)
  const id = `performActs/${round.prefix}${number}`
  const handle = await startSaga(arena, 'performActs', id, { acts: plan.acts, inSaga: plan.inSaga })
  const cancelling = plan.cancelAfterMs === undefined ? undefined : cancel(handle, plan.cancelAfterMs)
  const end = await endOf(arena, handle)
  await cancelling
  return end
}

async function cancel(handle: WorkflowHandle, afterMs: number): Promise<void> {
  await sleep(afterMs)
  await patiently(() =>
    handle.cancel().then(
      () => {},
      (error: Error) => {
        if (error.name !== 'WorkflowNotFoundError') throw error
      },
    ),
  )
}

/** All rows as text, but for the version, which may rise. */
async function snapshot({ sql }: SagaArena, prefix: string): Promise<Map<string, { row: string; version: number }>> {
  const rows = await sql<{ key: string; row: string; version: number }>(
    COLOURS.map(
      (colour) => `select '${colour} ' || id as key, (to_jsonb(t) - 'version')::text as row, version
        from ${colour}.thing t where starts_with(id, $1)`,
    ).join(' union all '),
    [prefix],
  )
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}

function pagesOf({ world }: SagaArena, prefix: string): string[] {
  const pages = [...world.cms.items.values()].filter(({ id }) => id.startsWith(prefix))
  return pages.map((page) => (page.id.includes('page') ? page.id : JSON.stringify(page))).sort()
}

function wrongEnd({ expected }: Plan, { state, reason, handle }: Ended): string[] {
  if (expected !== 'failed' || state !== 'done') return []
  return [`${handle.workflowId} should have failed, and ended as ${state} ${reason}`]
}

function wrongPages(arena: SagaArena, { prefix, plans }: Round, ended: Ended[], before: string[]): string[] {
  const added = plans.flatMap(({ pages }, number) => (ended[number]!.state === 'done' ? pages : []))
  const wanted = [...before, ...added].sort()
  const there = pagesOf(arena, prefix)
  return String(there) === String(wanted) ? [] : [`the CMS has the pages ${there} and not ${wanted}`]
}

/** A saga that was alone: as before, or as the plan says. */
async function wrongAlone(
  arena: SagaArena,
  { prefix, plans }: Round,
  { state }: Ended,
  before: Awaited<ReturnType<typeof snapshot>>,
): Promise<string[]> {
  const wrong: string[] = []
  const conflicts = await openConflicts(arena, prefix)
  if (conflicts > 0) wrong.push(`${conflicts} undo conflicts although nobody else was there`)
  if (state === 'done') return [...wrong, ...wrongRows(await rowsOf(arena, prefix), plans[0]!.tables)]
  const after = await snapshot(arena, prefix)
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)]
    if (was?.row !== is?.row) wrong.push(`${key} was\n    ${was?.row} and is\n    ${is?.row}`)
    if (was && is && is.version < was.version)
      wrong.push(`the version of ${key} fell from ${was.version} to ${is.version}`)
  }
  return wrong
}

async function rowsOf({ sql }: SagaArena, prefix: string): Promise<Map<string, Record<string, unknown>>> {
  const tables = await Promise.all(
    COLOURS.map((colour) =>
      sql<{ id: string }>(
        `select id, name, note, amount::text, labels, stock, token, parent_id, deleted_at is not null as hidden
         from ${colour}.thing where starts_with(id, $1)`,
        [prefix],
      ),
    ),
  )
  return new Map(tables.flatMap((rows, nth) => rows.map((row) => [`${COLOURS[nth]} ${row.id}`, row] as const)))
}

function wrongRows(there: Map<string, Record<string, unknown>>, wanted: Tables): string[] {
  const keys = new Set([
    ...there.keys(),
    ...COLOURS.flatMap((colour) => [...wanted[colour].keys()].map((id) => `${colour} ${id}`)),
  ])
  return [...keys].flatMap((key) => {
    const [colour, id] = key.split(' ') as [keyof Tables, string]
    const [is, want] = [there.get(key), wanted[colour].get(id)]
    const same = JSON.stringify(sorted(is)) === JSON.stringify(sorted(want))
    return same ? [] : [`${key} is\n    ${JSON.stringify(is)} and should be\n    ${JSON.stringify(want)}`]
  })
}

const sorted = (row: object | undefined) => row && Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))

async function openConflicts({ sql }: SagaArena, prefix: string): Promise<number> {
  const open = 'select from turri.undo_conflict where settled_at is null and starts_with(row_id, $1)'
  return (await sql(open, [prefix])).length
}

function surprises({ plans }: Round, ended: Ended[]): string[] {
  return ended.flatMap(({ state, reason, handle }, number) =>
    plans.length === 1 && plans[number]!.expected === 'done' && state !== 'done'
      ? [`${handle.workflowId} ${state}: ${reason}`]
      : [],
  )
}

async function clear({ world, sql }: SagaArena, { prefix }: Round): Promise<void> {
  const mine = 'settled_at is null and starts_with(row_id, $1)'
  await sql(`update turri.undo_conflict set settled_at = now(), settled_how = 'dismissed' where ${mine}`, [prefix])
  for (const colour of COLOURS) await sql(`delete from ${colour}.thing where starts_with(id, $1)`, [prefix])
  for (const id of [...world.cms.items.keys()]) if (id.startsWith(prefix)) world.cms.items.delete(id)
}
