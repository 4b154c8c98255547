/** Row locks of services, facts and decisions. */
import { sql } from 'kysely'
import type { AnyDatabase } from '../database.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import type { Model } from './model.ts'

/** Entity → ids of rows, or `all` to lock the whole table, for rules about rows that do not exist yet. */
export type Locks = Readonly<Record<string, readonly string[] | 'all'>>

/**
 * - `share`: nobody can change or delete the rows, but others can lock them in the same mode.
 * - `update`: nobody else can change, delete or lock the rows. New rows that refer to them by a foreign key do not wait.
 */
export type LockMode = 'share' | 'update'

const CLAUSES = { share: sql`for share`, update: sql`for no key update` }

/**
 * Locks rows until the transaction ends, in the order of their ids, so that transactions that lock the same rows do not deadlock.
 *
 * @returns the ids that do not exist.
 */
export async function lockRows(
  db: AnyDatabase,
  schema: string,
  { table, columns }: Model,
  ids: readonly string[],
  mode: LockMode = 'share',
): Promise<string[]> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return []
  const exists = 'deleted_at' in columns ? sql`and deleted_at is null` : sql``
  const { rows } = await prepared(sql<{ id: string }>`
    select id from ${sql.id(schema, table)} where id = any(${unique}::text[]) ${exists} order by id ${CLAUSES[mode]}`).execute(
    db,
  )
  const found = new Set(rows.map(({ id }) => id))
  return unique.filter((id) => !found.has(id))
}

/** Locks a table against writes of others, for rules about rows that do not exist yet. Reads do not wait. */
export async function lockTable(db: AnyDatabase, schema: string, { table }: Model): Promise<void> {
  await pipelined(sql`lock table ${sql.id(schema, table)} in share row exclusive mode`).execute(db)
}
