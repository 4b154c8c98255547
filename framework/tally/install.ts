/**
 * Puts a tally on the tables of its entity and link: statement triggers that find anew, in the writer's own transaction, in which
 * bucket the rows are that a statement has changed, and note the difference. A rollback, an undo and a `kill -9` take their notes along.
 *
 * Who writes locks the tally's rows of what it changed before it looks: of two who change one product at once, the later sees what
 * both have done. Counts are only ever added, so nobody waits for another because of them; now and then a writer adds up what is there.
 */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { literal } from '../model/ddl.ts'
import { type Tally, tallyTables } from './define-tally.ts'

/** One of so many writers adds up the notes that nobody else is at. */
const ADDS_UP_EACH = 64

/** Makes tables and triggers what the tally asks for, and counts all anew where they were not; does nothing where they were. */
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
  await locked(db, schema, tally, [...statements, ...recountOf(schema, tally)])
}

/** Counts all anew: what was written past the triggers, by hand say, is then in it. */
export async function recountTally(db: Kysely<never>, schema: string, tally: Tally): Promise<void> {
  await locked(db, schema, tally, recountOf(schema, tally))
}

/** In a transaction that nobody writes beside. */
async function locked(db: Kysely<never>, schema: string, { entity, link }: Tally, statements: string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw(`lock table "${schema}"."${entity}", link."${link.table}" in share row exclusive mode`).execute(trx)
    for (const statement of statements) await sql.raw(statement).execute(trx)
  })
}

/** Buckets were called sorts before: their table goes as well. */
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

/** What a row of the entity counts as: its columns, and the sorted ids of all that it is linked to. */
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
  const { names, same } = comparing(tally)
  return `
begin
  insert into turri.${row} (id) select id from unnest(ids) id order by id on conflict (id) do nothing;
  perform 1 from turri.${row} where id = any(ids) order by id for update;
  insert into turri.${bucket} (${names}) select distinct ${names} from (${bucketsOf(schema, tally, 'ids')}) w
    where not exists (select from turri.${bucket} s where ${same}) on conflict do nothing;
  with wanted as (
    select given.id, s.id as bucket from unnest(ids) given(id) left join (${bucketsOf(schema, tally, 'ids')}) w on w.id = given.id
      left join turri.${bucket} s on w.id is not null and ${same}
  ), held as (
    select r.id, r.bucket as before, w.bucket as after from turri.${row} r join wanted w on w.id = r.id where r.bucket is distinct from w.bucket
  ), changed as (
    update turri.${row} r set bucket = held.after from held where r.id = held.id
  )
  insert into turri.${count} (bucket, n) select bucket, sum(n) from (
    select before as bucket, -1 as n from held union all select after, 1 from held
  ) as note where bucket is not null group by bucket having sum(n) <> 0;
  if random() * ${ADDS_UP_EACH} < 1 then
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
  const { names, same } = comparing(tally)
  return [
    `truncate turri.${row}, turri.${bucket}, turri.${count}`,
    `insert into turri.${bucket} (${names}) select distinct ${names} from (${bucketsOf(schema, tally)}) w`,
    `insert into turri.${row} (id, bucket)
     select w.id, s.id from (${bucketsOf(schema, tally)}) w join turri.${bucket} s on ${same} order by w.id`,
    `insert into turri.${count} (bucket, n) select bucket, count(*) from turri.${row} group by bucket`,
    ...[row, bucket, count].map((table) => `analyze turri.${table}`),
  ]
}

/** The columns of a bucket, and when one is that of a row: by an equality, too, so that many rows are not compared with each of many buckets. */
function comparing({ columns }: Tally) {
  const names = columns.map((column) => `"${column}"`)
  const same = names.map((name) => `s.${name} is not distinct from w.${name}`)
  return { names: [...names, 'linked'].join(', '), same: ['s.linked = w.linked', ...same].join(' and ') }
}

/** The ids that a tally has otherwise than their tables, and the buckets that it has miscounted: none, as long as its triggers hold. */
export async function tallyErrors(db: Kysely<never>, schema: string, tally: Tally): Promise<{ what: string }[]> {
  const { row, bucket, count } = tallyTables(tally.entity)
  const { names } = comparing(tally)
  const noted = `select r.id, ${names} from turri.${row} r join turri.${bucket} s on s.id = r.bucket`
  const real = bucketsOf(schema, tally)
  const { rows } = await sql<{ what: string }>`
    ${sql.raw(`select 'noted otherwise: ' || id as what from ((${noted} except ${real}) union all (${real} except ${noted})) d
    union all select 'miscounted: ' || bucket from
      (select bucket, sum(n) as n from turri.${count} group by bucket having sum(n) <> 0) a full join
      (select bucket, count(*) as n from turri.${row} where bucket is not null group by bucket) b using (bucket)
      where a.n is distinct from b.n`)}`.execute(db)
  return rows
}
