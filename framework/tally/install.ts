/**
 * Installs a tally on the tables of its entity and link: statement triggers that compute, in the transaction of the statement, the new
 * buckets of changed rows and record the differences. So rollbacks, undos and crashes need no care.
 *
 * A writer locks the tally's rows before it computes their buckets: of two concurrent changes of a product, the later sees both. Counts
 * are stored as differences, so that writers do not wait for each other; now and then a writer adds them up.
 */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { literal } from '../model/ddl.ts'
import { type Tally, tallyTables } from './define-tally.ts'

/** One of this many writers adds up the differences that are not locked. */
const WRITERS_PER_SUM = 64

/** Installs or updates tables and triggers, and then counts all rows. Does nothing if they are up to date. */
export async function installTally(db: Kysely<never>, schema: string, tally: Tally): Promise<void> {
  const { entity, link } = tally
  const { rows } = await sql<{ source: string | null }>`
    select prosrc as source from pg_proc
    where pronamespace = 'turri'::regnamespace and proname = ${`note_${tallyTables(entity).row}`}`.execute(db)
  const source = `${noteBody(schema, tally)} -- of tables ${createHash('sha256').update(tablesOf(tally)).digest('hex')}`
  if (rows[0]?.source === source) return
  const statements = [
    tablesOf(tally),
    `create or replace function turri.note_${tallyTables(entity).row}(ids text[]) returns void language plpgsql as ${literal(source)};`,
    ...triggersOn(`"${schema}"."${entity}"`, 'id', tally),
    ...triggersOn(`link."${link.table}"`, link.mine, tally),
  ]
  await runLocked(db, schema, tally, [...statements, ...recountOf(schema, tally)])
}

/** Counts all rows again, for rows that were written without the triggers. */
export async function recountTally(db: Kysely<never>, schema: string, tally: Tally): Promise<void> {
  await runLocked(db, schema, tally, recountOf(schema, tally))
}

/** Runs statements in a transaction that locks the tables against other writers. */
async function runLocked(
  db: Kysely<never>,
  schema: string,
  { entity, link }: Tally,
  statements: string[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw(`lock table "${schema}"."${entity}", link."${link.table}" in share row exclusive mode`).execute(trx)
    for (const statement of statements) await sql.raw(statement).execute(trx)
  })
}

/** Also drops `…_sort`, the former name of the table of buckets. */
function tablesOf({ entity, columns }: Tally): string {
  const { row, bucket, count } = tallyTables(entity)
  return `
    drop table if exists turri.${row}, turri.${bucket}, turri.${count}, turri.${row}_sort;
    create table turri.${bucket} (
      id integer generated always as identity primary key,
      ${columns.map((column) => `"${column}" text,`).join(' ')}
      linked text[] not null,
      unique nulls not distinct (${[...columns.map((column) => `"${column}"`), 'linked'].join(', ')})
    );
    create table turri.${row} (id text not null, bucket integer) with (fillfactor = 90);
    create unique index ${row}_id on turri.${row} (id) include (bucket);
    create index ${row}_of_bucket on turri.${row} (bucket, id);
    create table turri.${count} (bucket integer not null, n bigint not null);`
}

/** The bucket of each row of the entity: its columns, and the sorted ids of its links. */
function bucketsOf(schema: string, { entity, columns, link }: Tally, ids?: string): string {
  const among = (column: string) => (ids ? `${column} = any(${ids}) and` : '')
  const values = columns.map((column) => `e."${column}"`)
  return `
    select e.id, ${values.map((value) => `${value}::text,`).join(' ')} coalesce(l.linked, '{}') as linked
    from "${schema}"."${entity}" e left join (
      select "${link.mine}" as id, array_agg("${link.theirs}" order by "${link.theirs}") as linked
      from link."${link.table}" where ${among(`"${link.mine}"`)} deleted_at is null group by 1
    ) l on l.id = e.id
    where ${among('e.id')} e.deleted_at is null`
}

function noteBody(schema: string, tally: Tally): string {
  const { row, bucket, count } = tallyTables(tally.entity)
  const { names, same } = bucketColumns(tally)
  return `
begin
  insert into turri.${row} (id) select id from unnest(ids) id order by id on conflict (id) do nothing;
  perform 1 from turri.${row} where id = any(ids) order by id for update;
  insert into turri.${bucket} (${names}) select distinct ${names} from (${bucketsOf(schema, tally, 'ids')}) w
    where not exists (select from turri.${bucket} s where ${same}) on conflict do nothing;
  with wanted as (
    select given.id, s.id as bucket from unnest(ids) given(id) left join (${bucketsOf(schema, tally, 'ids')}) w on w.id = given.id
      left join turri.${bucket} s on w.id is not null and ${same}
  ), moved as (
    select r.id, r.bucket as before, w.bucket as after from turri.${row} r join wanted w on w.id = r.id where r.bucket is distinct from w.bucket
  ), changed as (
    update turri.${row} r set bucket = moved.after from moved where r.id = moved.id
  )
  insert into turri.${count} (bucket, n) select bucket, sum(n) from (
    select before as bucket, -1 as n from moved union all select after, 1 from moved
  ) as note where bucket is not null group by bucket having sum(n) <> 0;
  if random() * ${WRITERS_PER_SUM} < 1 then
    with added as (
      delete from turri.${count} c where ctid = any(array(select ctid from turri.${count} for update skip locked)) returning bucket, n
    )
    insert into turri.${count} (bucket, n) select bucket, sum(n) from added group by bucket having sum(n) <> 0;
  end if;
end`
}

const TRANSITIONS = {
  insert: ['referencing new table as new_rows', ['new_rows']],
  update: ['referencing old table as old_rows new table as new_rows', ['old_rows', 'new_rows']],
  delete: ['referencing old table as old_rows', ['old_rows']],
} as const

function triggersOn(table: string, key: string, { entity, columns, link }: Tally): string[] {
  const { row } = tallyTables(entity)
  const decides = key === 'id' ? [...columns, 'deleted_at'] : [link.mine, link.theirs, 'deleted_at']
  const same = decides.map((column) => `n."${column}" is not distinct from o."${column}"`).join(' and ')
  return Object.entries(TRANSITIONS).map(([event, [transitions, tables]]) => {
    const ids =
      event === 'update'
        ? `select unnest(array[o."${key}", n."${key}"]) from old_rows o full join new_rows n on n.id = o.id where not (${same})`
        : `select "${key}" from ${tables[0]}`
    const name = `turri."${row} ${key === 'id' ? 'entity' : 'link'} ${event}"`
    const body = `
declare
  ids text[] := array(select distinct id from (${ids}) as changed(id) where id is not null);
begin
  if cardinality(ids) > 0 then perform turri.note_${row}(ids); end if;
  return null;
end`
    return `
      create or replace function ${name}() returns trigger language plpgsql as ${literal(body)};
      create or replace trigger tally_${event} after ${event} on ${table} ${transitions} for each statement execute function ${name}();`
  })
}

function recountOf(schema: string, tally: Tally): string[] {
  const { row, bucket, count } = tallyTables(tally.entity)
  const { names, same } = bucketColumns(tally)
  return [
    `truncate turri.${row}, turri.${bucket}, turri.${count}`,
    `insert into turri.${bucket} (${names}) select distinct ${names} from (${bucketsOf(schema, tally)}) w`,
    `insert into turri.${row} (id, bucket)
     select w.id, s.id from (${bucketsOf(schema, tally)}) w join turri.${bucket} s on ${same} order by w.id`,
    `insert into turri.${count} (bucket, n) select bucket, count(*) from turri.${row} group by bucket`,
    ...[row, bucket, count].map((table) => `analyze turri.${table}`),
  ]
}

/** The columns of a bucket, and the condition that a bucket matches a row; its equality lets Postgres hash instead of comparing all pairs. */
function bucketColumns({ columns }: Tally) {
  const names = columns.map((column) => `"${column}"`)
  const same = names.map((name) => `s.${name} is not distinct from w.${name}`)
  return { names: [...names, 'linked'].join(', '), same: ['s.linked = w.linked', ...same].join(' and ') }
}

/** Rows with a wrong bucket and buckets with a wrong count. There are none unless rows were written without the triggers. */
export async function tallyErrors(db: Kysely<never>, schema: string, tally: Tally): Promise<{ what: string }[]> {
  const { row, bucket, count } = tallyTables(tally.entity)
  const { names } = bucketColumns(tally)
  const stored = `select r.id, ${names} from turri.${row} r join turri.${bucket} s on s.id = r.bucket`
  const real = bucketsOf(schema, tally)
  const { rows } = await sql<{ what: string }>`
    ${sql.raw(`select 'wrong bucket: ' || id as what from ((${stored} except ${real}) union all (${real} except ${stored})) d
    union all select 'miscounted: ' || bucket from
      (select bucket, sum(n) as n from turri.${count} group by bucket having sum(n) <> 0) a full join
      (select bucket, count(*) as n from turri.${row} where bucket is not null group by bucket) b using (bucket)
      where a.n is distinct from b.n`)}`.execute(db)
  return rows
}
