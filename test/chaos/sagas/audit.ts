/** What the journal has to say for itself after a round, and what must hold where sagas ran at once over the same rows. */
import type { Deed } from '../../support/sagas/module.ts'
import type { Act } from '../../support/sagas/workflows.ts'
import { type Ended, endOf, type SagaArena, startSaga } from './arena.ts'
import { authorOf, type Round, tokenAtFirst } from './plan.ts'
import { COLOURS, type Colour } from './things.ts'

export interface Played {
  round: Round
  ended: Ended[]
  /** The journal's last entry before. */
  after: string
}

type Values = Record<string, unknown>

interface Entry {
  id: string
  key: string
  op: 'i' | 'u' | 'd'
  before: Values | null
  after: Values | null
  undone: boolean
  kind: string | null
  receipt: string | null
  workflow_id: string | null
  deeds: Deed[] | null
}

interface Conflict {
  id: string
  entry: string
  key: string
  reason: string
  blocked_by: string | null
  mine: string
  other: string | null
}

const COMPARED = ['name', 'note', 'amount', 'labels', 'stock', 'token', 'parent_id', 'deleted_at']

/** The journal agrees with how the sagas ended, and with the rows. */
export async function auditJournal(arena: SagaArena, { round, ended, after }: Played): Promise<string[]> {
  const wrong: string[] = []
  const conflicts = await conflictsOf(arena, round)
  const open = new Set(conflicts.map(({ entry }) => entry))
  const stateOf = new Map(ended.map(({ handle, state }) => [handle.workflowId, state]))
  const rows: Map<string, Values> = new Map(
    COLOURS.flatMap((colour) =>
      [...round.initial[colour].values()].map((row) => [
        `${colour} ${row.id}`,
        { ...row, deleted_at: row.hidden || null },
      ]),
    ),
  )
  const created = new Map<string, number>()
  for (const entry of await entriesOf(arena, round, after)) {
    const state = stateOf.get(entry.workflow_id ?? '')
    const say = (what: string) =>
      wrong.push(`journal ${entry.id} (${entry.op} of ${entry.key} by ${entry.workflow_id}): ${what}`)
    if (!state) say('is by nobody of this round')
    if (entry.kind === 'undo') {
      if (!entry.undone) say('is a taking back, but counts as work')
      continue
    }
    const stands = state === 'done' || open.has(entry.id)
    if (entry.undone === stands) say(`is ${entry.undone ? '' : 'not '}undone, but its saga ended as ${state}`)
    if (stands) fold(rows, entry, created, say)
    else if (entry.op === 'i') countCreated(created, entry)
  }
  const there = await rowsOf(arena, round.prefix)
  for (const key of new Set([...rows.keys(), ...there.keys()])) {
    const [is, says] = [compared(there.get(key)), compared(rows.get(key))]
    if (is !== says) wrong.push(`${key} is\n    ${is} but by what stands in the journal it is\n    ${says}`)
  }
  return wrong
}

/** What one entry says has become of the row. */
function fold(
  rows: Map<string, Values>,
  entry: Entry,
  created: Map<string, number>,
  say: (what: string) => unknown,
): void {
  const { key, op, before, after } = entry
  if (op === 'i') {
    if (rows.has(key)) say('the row was there')
    rows.set(key, asCreated(entry, countCreated(created, entry)))
    return
  }
  const row = rows.get(key)
  if (!row) say('there was no such row')
  if (op === 'd') rows.delete(key)
  else if (row) Object.assign(row, changed(row, before!, after!))
}

/** Counters by their difference: it stands whoever counted before. */
function changed(row: Values, before: Values, after: Values): Values {
  const counted = 'stock' in after && { stock: Number(row.stock) + Number(after.stock) - Number(before.stock) }
  return { ...after, ...counted }
}

/** How often this step has created this row so far. */
function countCreated(created: Map<string, number>, { receipt, key }: Entry): number {
  const nth = created.get(`${receipt} ${key}`) ?? 0
  created.set(`${receipt} ${key}`, nth + 1)
  return nth
}

/** An insert's entry has the id only: the rest is what the step was told. */
function asCreated({ key, deeds }: Entry, nth: number): Values {
  const id = key.split(' ')[1]
  const given = deeds!.flatMap((deed) => (deed.do === 'create' ? deed.rows.filter((row) => row.id === id) : []))[nth]!
  return { stock: 0, ...given, ...(given.token && { token: tokenAtFirst(given.name) }) }
}

const compared = (row: Values | undefined) => {
  if (!row) return 'not there'
  const shown = (name: string) => (name === 'deleted_at' ? Boolean(row[name]) : (row[name] ?? null))
  return JSON.stringify(COMPARED.map((name) => [name, shown(name)]))
}

/** What can be said of sagas that ran at once without asking the journal; and that each conflict is one. */
export async function auditTogether(arena: SagaArena, { round, ended }: Played): Promise<string[]> {
  const there = await rowsOf(arena, round.prefix)
  const conflicts = await conflictsOf(arena, round)
  const numberOf = new Map(ended.map(({ handle }, number) => [handle.workflowId, number]))
  const isOpen = (key: string, number?: number) =>
    conflicts.some((open) => open.key === key && (number === undefined || numberOf.get(open.mine) === number))
  const deedsOfDone = round.plans.flatMap(({ acts }, n) => (ended[n]!.state === 'done' ? deedsIn(acts) : []))
  const wrong: string[] = []

  for (const [key, row] of there) {
    for (const name of ['name', 'note', 'amount', 'labels', 'token']) {
      const author = authorOf(row[name])
      if (author !== undefined && ended[author]!.state !== 'done' && !isOpen(key, author))
        wrong.push(`${key} has the ${name} '${row[name]}' of a saga that failed, and no conflict says so`)
    }
  }
  for (const colour of COLOURS) {
    for (const { id, stock } of round.initial[colour].values()) {
      const key = `${colour} ${id}`
      const done = deedsOfDone.filter((deed) => deed.in === colour && isAbout(deed.deed, id))
      const row = there.get(key)
      if (isOpen(key)) continue
      if (!row && !done.some(({ deed }) => deed.do === 'delete')) wrong.push(`${key} is gone, and nobody deleted it`)
      const isTheSame = !done.some(({ deed }) => deed.do === 'create' || deed.do === 'delete')
      const counted = done.reduce((sum, { deed }) => sum + (deed.do === 'count' ? deed.by : 0), stock)
      if (row && isTheSame && row.stock !== counted)
        wrong.push(`the stock of ${key} is ${row.stock} and should be ${counted}`)
    }
  }
  for (const { id, key, reason, mine, other, blocked_by } of conflicts) {
    const state = ended[numberOf.get(mine) ?? -1]?.state
    if (!state || state === 'done') wrong.push(`conflict ${id} on ${key} is about ${mine}, which ended as ${state}`)
    if (!blocked_by && !/violates|duplicate|gone/.test(reason))
      wrong.push(`conflict ${id} on ${key} names nobody: ${reason}`)
    if (blocked_by && !numberOf.has(other ?? '')) wrong.push(`conflict ${id} on ${key} names a stranger: ${other}`)
  }
  return [...wrong, ...(await staleConflicts(arena, conflicts))]
}

/** What could have been taken back all the same: an operator who tries it now succeeds. */
async function staleConflicts(arena: SagaArena, conflicts: Conflict[]): Promise<string[]> {
  const stale: string[] = []
  for (const { id, key, reason, mine } of conflicts) {
    const handle = await startSaga(arena, 'settleUndoConflict', `settle/${id}`, { id, how: 'retry' })
    const { state } = await endOf(arena, handle)
    if (state !== 'refused') stale.push(`conflict ${id} of ${mine} on ${key} (${reason}) is none any more: ${state}`)
  }
  return stale
}

interface DeedIn {
  in: Colour
  deed: Deed
}

function deedsIn(acts: Act[]): DeedIn[] {
  return acts.flatMap((act) => {
    if ('branches' in act) return Object.values(act.branches).flatMap(deedsIn)
    return 'in' in act ? act.deeds.map((deed) => ({ in: act.in, deed })) : []
  })
}

function isAbout(deed: Deed, id: string): boolean {
  if (deed.do === 'create') return deed.rows.some((row) => row.id === id)
  return 'id' in deed && deed.id === id
}

async function rowsOf({ sql }: SagaArena, prefix: string): Promise<Map<string, Values>> {
  const rows = await sql<{ key: string } & Values>(
    COLOURS.map(
      (
        colour,
      ) => `select '${colour} ' || id as key, name, note, amount::text, labels, stock, token, parent_id, deleted_at
        from ${colour}.thing where starts_with(id, $1)`,
    ).join(' union all '),
    [prefix],
  )
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}

/** Journal, conflicts and ends of a round, for whoever looks for the cause. */
export async function recordsOf(arena: SagaArena, { round, ended, after }: Played): Promise<object> {
  return {
    ended: ended.map(({ handle, state, reason }) => `${handle.workflowId} ${state} ${reason}`),
    conflicts: await conflictsOf(arena, round),
    journal: await entriesOf(arena, round, after),
  }
}

async function entriesOf({ sql }: SagaArena, { prefix }: Round, after: string): Promise<Entry[]> {
  const image = (side: string) => `
    case when j.${side} is null then null when j.${side} ->> 'amount' is null then turri.unseal(j.${side})::jsonb
    else turri.unseal(j.${side})::jsonb || jsonb_build_object('amount', j.${side} ->> 'amount') end as ${side}`
  return sql<Entry>(
    `select j.id, split_part(j.entity, '.', 1) || ' ' || j.row_id as key, j.op, ${image('before')}, ${image('after')},
       j.undone, j.receipt, r.kind, r.workflow_id, case when r.kind = 'write' then r.input -> 0 end as deeds
     from turri.journal j left join turri.receipt r on r.id = j.receipt
     where starts_with(j.row_id, $1) and j.id > $2 order by j.id`,
    [prefix, after],
  )
}

async function conflictsOf({ sql }: SagaArena, { prefix }: Round): Promise<Conflict[]> {
  return sql<Conflict>(
    `select c.id, c.entry, split_part(c.entity, '.', 1) || ' ' || c.row_id as key, c.reason, c.blocked_by,
       mine.workflow_id as mine, other.workflow_id as other
     from turri.undo_conflict c join turri.receipt mine on mine.id = c.receipt
     left join turri.receipt other on other.id = c.blocked_by
     where c.settled_at is null and starts_with(c.row_id, $1) order by c.id`,
    [prefix],
  )
}
