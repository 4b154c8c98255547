/**
 * Undoes what steps wrote, by the journal: last first, each row to its state before.
 *
 * - A column that another run has written since, a constraint that would be violated, or anything else that Postgres refuses for good is
 *   a conflict: the written value stays, and so does what the same run had written there before. Other columns of the row are undone.
 * - A counter is corrected by the step's difference, whatever other runs have added since.
 * - `updated_at` never causes a conflict, and `version` only increases.
 *
 * Rows are locked before the check for later writes, so that a concurrent change waits and then finds the undone row.
 */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { inSavepoint, isPermanent, reasonOf } from './savepoint.ts'

/** What undoing has to know about the columns of a table, which is named `schema.table`. */
export interface ColumnRules {
  counters: (entity: string) => string[]
  hasSecrets: (entity: string) => boolean
}

/** A journal entry to undo. */
export interface Entry {
  id: string
  receipt: string
  entity: string
  row_id: string
  op: 'i' | 'u' | 'd'
  /** The columns that an update changed, or all columns of a deleted row. */
  columns: string[]
}

/** An entry that could not be undone. */
export interface Conflict {
  entry: Entry
  reason: string
  blockedBy?: string
}

/** Columns that never cause a conflict. */
const UNCONTESTED_COLUMNS = ['updated_at', 'version']

/** The entries of these receipts that are not undone yet, last first. */
export async function entriesOf(trx: AnyTransaction, receipts: string[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select id, receipt, entity, row_id, op, array(select json_object_keys(before) order by 1) as columns from turri.journal
    where receipt = any(${receipts}) and not undone order by id desc`.execute(trx)
  return rows
}

/**
 * Undoes the entries, which are in the order of `entriesOf`.
 *
 * @returns the conflicts; all other entries are undone.
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
      const conflicts = await undoInGroups(trx, run, entries, rules)
      await sql`set constraints all immediate`.execute(trx)
      return conflicts
    })
  } catch (error) {
    if (!isPermanent(error)) throw error
    return await undoWithImmediateConstraints(trx, run, entries, rules)
  } finally {
    await sql`select set_config('turri.undoing', '', true)`.execute(trx).catch(() => {}) // fails if all is rolled back anyway
  }
}

/** Undoes all entries, as many as possible in one statement. */
async function undoInGroups(
  trx: AnyTransaction,
  run: RunKey,
  entries: Entry[],
  rules: ColumnRules,
): Promise<Conflict[]> {
  const conflicts: Conflict[] = []
  for (const group of groupsOf(entries)) conflicts.push(...(await undoGroup(trx, run, group, { rules, conflicts })))
  return conflicts
}

/** If constraints are violated at the end: checks them after each statement, and repeats as long as more entries can be undone. */
async function undoWithImmediateConstraints(
  trx: AnyTransaction,
  run: RunKey,
  entries: Entry[],
  rules: ColumnRules,
): Promise<Conflict[]> {
  await sql`set constraints all immediate`.execute(trx)
  let conflicts: Conflict[] = entries.map((entry) => ({ entry, reason: '' }))
  for (;;) {
    const left = await undoInGroups(
      trx,
      run,
      conflicts.map(({ entry }) => entry),
      rules,
    )
    if (left.length === conflicts.length || left.length === 0) return left
    conflicts = left
  }
}

/** Groups consecutive entries that one statement can undo: same table, same operation, same columns, each row once. */
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
  /** The conflicts found so far. */
  conflicts: Conflict[]
}

async function undoGroup(trx: AnyTransaction, run: RunKey, group: Entry[], pass: Pass): Promise<Conflict[]> {
  try {
    return await inSavepoint(trx, () => undoUnblocked(trx, run, group, pass))
  } catch (error) {
    if (!isPermanent(error)) throw error
    if (group.length === 1) return [{ entry: group[0]!, reason: reasonOf(error) }]
    const conflicts: Conflict[] = []
    for (const entry of group) conflicts.push(...(await undoGroup(trx, run, [entry], pass)))
    return conflicts
  }
}

/** Undoes the entries that no later write blocks. */
async function undoUnblocked(trx: AnyTransaction, run: RunKey, group: Entry[], pass: Pass): Promise<Conflict[]> {
  const { entity, op } = group[0]!
  const existing = op === 'd' ? undefined : await lockRows(trx, entity, group)
  const later = await laterEntries(trx, run, group, pass.rules)
  const conflicts: Conflict[] = []
  const unblocked: Entry[] = []
  for (const entry of group) {
    const blocker = later.get(entry.id)
    if (blocker?.overlaps) conflicts.push(conflictOf(entry, blocker, pass.conflicts))
    else if (existing && !existing.has(entry.row_id)) conflicts.push({ entry, reason: 'the row is gone' })
    else unblocked.push(entry)
  }
  const writtenSince = new Set(unblocked.filter(({ id }) => later.has(id)).map(({ id }) => id))
  if (unblocked.length > 0) await apply(trx, unblocked, writtenSince, pass.rules)
  return conflicts
}

/** If the blocker is a conflict itself, its reason is the reason. */
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
  /** The entry that was written later. */
  blocker: string
  receipt: string | null
  /** Whether it wrote the same columns, and not only others of the row. */
  overlaps: boolean
  reason: string
}

/** Entry → a later entry of the same row that is not undone: of another run, or of this run if it is a conflict. */
async function laterEntries(
  trx: AnyTransaction,
  run: RunKey,
  group: Entry[],
  rules: ColumnRules,
): Promise<Map<string, Later>> {
  const { op, columns, entity } = group[0]!
  const counters = rules.counters(entity)
  const contested = columns.filter((name) => !UNCONTESTED_COLUMNS.includes(name) && !counters.includes(name))
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
    where ${entryCondition(group)} and ((r.workflow_id, r.run_id) is distinct from (${run.workflowId}, ${run.runId})
      or r.taken_back_at is not null)
    order by e.id, o.overlaps desc, l.id`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

const entryCondition = (group: Entry[]) => sql`
  e.id = any(${group.map(({ id }) => id)}) and e.receipt = any(${[...new Set(group.map(({ receipt }) => receipt))]})`

/** @param writtenSince ids of entries whose row has been written since, in other columns: its `updated_at` stays. */
async function apply(
  trx: AnyTransaction,
  group: Entry[],
  writtenSince: Set<string>,
  rules: ColumnRules,
): Promise<void> {
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
      select ${values} from turri.journal e, json_populate_record(null::${table}, ${before}) b where ${entryCondition(group)}`.execute(
      trx,
    )
  } else {
    const counters = rules.counters(entity)
    const restored = columns.map((name) => sql`${sql.ref(name)} = ${restoredValue(name, counters, writtenSince)}`)
    await sql`
      update ${table} t set ${sql.join(restored)} from turri.journal e, json_populate_record(null::${table}, ${before}) b,
        json_populate_record(null::${table}, ${counters.length > 0 ? sql`e.after` : sql`null::json`}) a
      where ${entryCondition(group)} and t.id = e.row_id`.execute(trx)
  }
  await sql`update turri.journal e set undone = true where ${entryCondition(group)}`.execute(trx)
}

function restoredValue(name: string, counters: string[], writtenSince: Set<string>) {
  const [current, before, after] = [sql.ref(`t.${name}`), sql.ref(`b.${name}`), sql.ref(`a.${name}`)]
  if (name === 'version') return sql`${current} + 1`
  if (name === 'updated_at') return sql`case when e.id = any(${[...writtenSince]}) then ${current} else ${before} end`
  return counters.includes(name) ? sql`${current} - (${after} - ${before})` : before
}

function tableOf(entity: string) {
  return sql.id(...entity.split('.'))
}
