/**
 * What Postgres is told of tables that it has not looked at yet: that hardly a row is deleted, and that of what may be missing
 * half is there (`docs/decisions/0062-presumed-statistics.md`). Until its first `analyze` it would presume that one row in 200 is
 * not deleted, and read whole tables where it should look up a row.
 */
import { sql } from 'kysely'
import type { AnyDatabase } from '../database.ts'

/** The first Postgres that can be told. */
const TELLABLE = 180_000

/** Tells it of the tables of these schemas; what it has found out for itself stands. */
export async function presumeStatistics(db: AnyDatabase, schemas: readonly string[]): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int as version`.execute(db)
  if (rows[0]!.version < TELLABLE) return
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
