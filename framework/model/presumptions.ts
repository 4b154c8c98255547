/**
 * Statistics for tables that Postgres has not analyzed yet: hardly any row is deleted, and half of the nullable values are null
 * (`docs/decisions/0062-presumed-statistics.md`). Without them Postgres would assume that one row in 200 is not deleted, and read whole
 * tables instead of using an index.
 */
import { sql } from 'kysely'
import type { AnyDatabase } from '../database.ts'

/** The first version of Postgres with `pg_restore_attribute_stats`. */
const FIRST_VERSION = 180_000

/** Sets statistics for the tables of these schemas, except where Postgres has its own. */
export async function presumeStatistics(db: AnyDatabase, schemas: readonly string[]): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int as version`.execute(db)
  if (rows[0]!.version < FIRST_VERSION) return
  await sql`
    select pg_restore_attribute_stats(
      'schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false,
      'null_frac', case a.attname when 'deleted_at' then 1 else 0.5 end::real, 'avg_width', 8, 'n_distinct', 0::real)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any(${schemas}::text[]) and c.relkind = 'r' and a.attnum > 0 and not a.attnotnull and not a.attisdropped
      and not exists (select from pg_stats s where s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname)`.execute(
    db,
  )
}
