/**
 * Takes back what steps wrote, by the journal: the last first, each row to what it was.
 *
 * - A column that another run has written since, a constraint that would break, or whatever else Postgres refuses for good, such
 *   as a column that has gone, is a conflict: what was written stands, and so does what the same run had written there before.
 *   Other columns of the row are taken back all the same.
 * - A counter is corrected by the difference that the step made, whoever has counted since.
 * - `updated_at` is nobody's work, and `version` only rises.
 *
 * Rows are locked before it is looked whether somebody has built on them: who comes later waits, and finds what was taken back.
 */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { inSavepoint, isImpossible, reasonOf } from './savepoint.ts'

/** What undoing has to know of a table's columns, by `schema.table`. */
export interface ColumnRules {
  counters: (entity: string) => string[]
  hasSecrets: (entity: string) => boolean
}

/** An entry of the journal that is to be taken back. */
export interface Entry {
  id: string
  receipt: string
  entity: string
  row_id: string
  op: 'i' | 'u' | 'd'
  /** Of an update: the columns that it changed. */
  columns: string[]
}

/** An effect that stays. */
export interface Conflict {
  entry: Entry
  reason: string
  blockedBy?: string
}

/** What takes no part in the question who has built on what. */
const NOBODYS_WORK = ['updated_at', 'version']

/** The entries of these receipts that stand, the last first. */
export async function entriesOf(trx: AnyTransaction, receipts: string[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select id, receipt, entity, row_id, op, array(select json_object_keys(before) order by 1) as columns from turri.journal
    where receipt = any(${receipts}) and not undone order by id desc`.execute(trx)
  return rows
}

/**
 * Takes the entries back, whose order is that of `entriesOf`.
 *
 * @returns the conflicts: those entries stand, the others are undone.
 */
export async function undoEntries(
  trx: AnyTransaction,
  run: RunKey,
  entries: Entry[],
  rules: ColumnRules,
): Promise<Conflict[]> {
  if (entries.length === 0) return []
  await sql`select set_config('turri.undoing', 'on', true)`.execute(trx)
  try {
    return await inSavepoint(trx, async () => {
      await sql`set constraints all deferred`.execute(trx)
      const conflicts = await pass(trx, run, entries, rules)
      await sql`set constraints all immediate`.execute(trx)
      return conflicts
    })
  } catch (error) {
    if (!isImpossible(error)) throw error
    return await oneByOne(trx, run, entries, rules)
  } finally {
    await sql`select set_config('turri.undoing', '', true)`.execute(trx).catch(() => {}) // where all is rolled back anyway
  }
}

/** All entries, as many in one statement as can be. */
async function pass(trx: AnyTransaction, run: RunKey, entries: Entry[], rules: ColumnRules): Promise<Conflict[]> {
  const conflicts: Conflict[] = []
  for (const group of groupsOf(entries)) conflicts.push(...(await undoGroup(trx, run, group, { rules, conflicts })))
  return conflicts
}

/**
 * The careful way, where constraints break only at the end: one entry after the other, with every constraint checked at once,
 * again and again as long as that gets anywhere. What is left then stands.
 */
async function oneByOne(trx: AnyTransaction, run: RunKey, entries: Entry[], rules: ColumnRules): Promise<Conflict[]> {
  await sql`set constraints all immediate`.execute(trx)
  let conflicts: Conflict[] = entries.map((entry) => ({ entry, reason: '' }))
  for (;;) {
    const left = await pass(
      trx,
      run,
      conflicts.map(({ entry }) => entry),
      rules,
    )
    if (left.length === conflicts.length || left.length === 0) return left
    conflicts = left
  }
}

/** Neighbours that one statement can take back: same table, same kind, same columns, each row once. */
function groupsOf(entries: Entry[]): Entry[][] {
  const groups: Entry[][] = []
  let rows = new Set<string>()
  const kindOf = ({ entity, op, columns }: Entry) => `${entity} ${op} ${columns.join(' ')}`
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last && kindOf(last[0]!) === kindOf(entry) && !rows.has(entry.row_id)) last.push(entry)
    else {
      groups.push([entry])
      rows = new Set()
    }
    rows.add(entry.row_id)
  }
  return groups
}

interface Pass {
  rules: ColumnRules
  /** Those found so far. */
  conflicts: Conflict[]
}

async function undoGroup(trx: AnyTransaction, run: RunKey, group: Entry[], so: Pass): Promise<Conflict[]> {
  try {
    return await inSavepoint(trx, () => undoFree(trx, run, group, so))
  } catch (error) {
    if (!isImpossible(error)) throw error
    if (group.length === 1) return [{ entry: group[0]!, reason: reasonOf(error) }]
    const conflicts: Conflict[] = []
    for (const entry of group) conflicts.push(...(await undoGroup(trx, run, [entry], so)))
    return conflicts
  }
}

/** Takes back what nobody has built on. */
async function undoFree(trx: AnyTransaction, run: RunKey, group: Entry[], so: Pass): Promise<Conflict[]> {
  const { entity, op } = group[0]!
  const there = op === 'd' ? undefined : await lockRows(trx, entity, group)
  const later = await laterWork(trx, run, group, so.rules)
  const conflicts: Conflict[] = []
  const free: Entry[] = []
  for (const entry of group) {
    const blocker = later.get(entry.id)
    if (blocker?.overlaps) conflicts.push(conflictOf(entry, blocker, so.conflicts))
    else if (there && !there.has(entry.row_id)) conflicts.push({ entry, reason: 'the row is gone' })
    else free.push(entry)
  }
  const touched = new Set(free.filter(({ id }) => later.has(id)).map(({ id }) => id))
  if (free.length > 0) await apply(trx, free, touched, so.rules)
  return conflicts
}

/** Where what stands in the way is a conflict itself, its reason is the reason. */
function conflictOf(entry: Entry, { blocker, receipt, reason }: Later, conflicts: Conflict[]): Conflict {
  const cause = conflicts.find((conflict) => conflict.entry.id === blocker)
  return cause ? { ...cause, entry } : { entry, reason, ...(receipt && { blockedBy: receipt }) }
}

async function lockRows(trx: AnyTransaction, entity: string, group: Entry[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from ${tableOf(entity)} where id = any(${group.map(({ row_id }) => row_id)}) order by id for update`.execute(
    trx,
  )
  return new Set(rows.map(({ id }) => id))
}

interface Later {
  /** The entry that was written since. */
  blocker: string
  receipt: string | null
  /** Whether it is about what this entry wrote, and not about other columns of the row. */
  overlaps: boolean
  reason: string
}

/** What stands of what has been done to these rows since, by entry: by other runs, or by this one where that is a conflict. */
async function laterWork(
  trx: AnyTransaction,
  run: RunKey,
  group: Entry[],
  rules: ColumnRules,
): Promise<Map<string, Later>> {
  const { op, columns, entity } = group[0]!
  const counters = rules.counters(entity)
  const contested = columns.filter((name) => !NOBODYS_WORK.includes(name) && !counters.includes(name))
  const { rows } = await sql<{ id: string } & Later>`
    select distinct on (e.id) e.id, l.id as blocker, o.overlaps,
      case when c.entry is null then l.receipt else c.blocked_by end as receipt,
      coalesce(c.reason, coalesce(r.workflow_id || ' (' || r.method || ')', 'somebody outside of any workflow') || ' has ' ||
      case l.op when 'd' then 'deleted it' when 'i' then 'written it anew' else 'changed it' end || ' since') as reason
    from turri.journal e
    join turri.journal l on l.row_id = e.row_id and l.entity = e.entity and l.id > e.id and not l.undone
    left join turri.receipt r on r.id = l.receipt
    left join turri.undo_conflict c on c.entry = l.id and c.settled_at is null and r.workflow_id = ${run.workflowId} and r.run_id = ${run.runId}
    cross join lateral (select ${op !== 'u'}::boolean or l.op <> 'u'
      or exists (select from json_object_keys(l.before) name where name = any(${contested})) as overlaps) o
    where ${these(group)} and ((r.workflow_id, r.run_id) is distinct from (${run.workflowId}, ${run.runId})
      or r.taken_back_at is not null)
    order by e.id, o.overlaps desc, l.id`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

const these = (group: Entry[]) => sql`
  e.id = any(${group.map(({ id }) => id)}) and e.receipt = any(${[...new Set(group.map(({ receipt }) => receipt))]})`

async function apply(trx: AnyTransaction, group: Entry[], touched: Set<string>, rules: ColumnRules): Promise<void> {
  const { entity, op, columns } = group[0]!
  const table = tableOf(entity)
  const before = rules.hasSecrets(entity) ? sql`turri.unseal(e.before)` : sql`e.before`
  if (op === 'i') {
    await sql`delete from ${table} where id = any(${group.map(({ row_id }) => row_id)})`.execute(trx)
  } else if (op === 'd') {
    const names = sql.join(columns.map((name) => sql.ref(name)))
    const values = sql.join(columns.map((name) => sql.ref(`b.${name}`)))
    await sql`
      insert into ${table} (${names}) overriding system value
      select ${values} from turri.journal e, json_populate_record(null::${table}, ${before}) b where ${these(group)}`.execute(
      trx,
    )
  } else {
    const counters = rules.counters(entity)
    const restored = columns.map((name) => sql`${sql.ref(name)} = ${restoredValue(name, counters, touched)}`)
    await sql`
      update ${table} t set ${sql.join(restored)} from turri.journal e, json_populate_record(null::${table}, ${before}) b,
        json_populate_record(null::${table}, ${counters.length > 0 ? sql`e.after` : sql`null::json`}) a
      where ${these(group)} and t.id = e.row_id`.execute(trx)
  }
  await sql`update turri.journal e set undone = true where ${these(group)}`.execute(trx)
}

function restoredValue(name: string, counters: string[], touched: Set<string>) {
  const [now, was, made] = [sql.ref(`t.${name}`), sql.ref(`b.${name}`), sql.ref(`a.${name}`)]
  if (name === 'version') return sql`${now} + 1`
  if (name === 'updated_at') return sql`case when e.id = any(${[...touched]}) then ${now} else ${was} end`
  return counters.includes(name) ? sql`${now} - (${made} - ${was})` : was
}

function tableOf(entity: string) {
  return sql.id(...entity.split('.'))
}
