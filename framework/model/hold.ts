/** Rows that are to stay until a step is done. */
import { sql } from 'kysely'
import type { AnyDatabase } from '../database.ts'
import { prepared } from '../postgres/statement.ts'
import type { Model } from './model.ts'

/** With others that hold the same rows, or alone. */
export type Holding = 'shared' | 'alone'

/**
 * Holds rows until the transaction is done: who deletes one waits, or was first.
 *
 * @returns those of the ids that are not there, in their order.
 */
export async function holdRows(
  db: AnyDatabase,
  schema: string,
  { table, columns }: Model,
  given: readonly string[],
  how: Holding = 'shared',
): Promise<string[]> {
  const ids = [...new Set(given)]
  if (ids.length === 0) return []
  const isThere = 'deleted_at' in columns ? sql`and deleted_at is null` : sql``
  const strength = how === 'alone' ? sql`for update` : sql`for share`
  const { rows } = await prepared(sql<{ id: string }>`
    select id from ${sql.id(schema, table)} where id = any(${ids}::text[]) ${isThere} order by id ${strength}`).execute(
    db,
  )
  const there = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !there.has(id))
}
