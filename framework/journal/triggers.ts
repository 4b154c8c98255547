/**
 * Installs the journal on the tables of a module: statement triggers that record, in the transaction of the statement, each row that
 * it inserts, updates or deletes.
 *
 * Each table gets a function generated from its columns: a diff by generic JSON operators costs twice as much.
 */
import { type Kysely, sql } from 'kysely'
import { literal } from '../model/ddl.ts'
import { secretColumns } from '../model/model.ts'
import type { Models } from '../model/service.ts'

/** Types without an equality operator. */
const WITHOUT_EQUALITY = new Set(['json', 'xml', 'point', 'polygon'])
const NOT_JOURNALED = ['migration', 'migration_lock']

interface TableColumn {
  table: string
  column: string
  type: string
  /** A generated column, which cannot be written. */
  isGenerated: boolean
}

/**
 * Installs or updates the triggers of a schema. Does nothing if they are up to date.
 *
 * @throws if a table has no column `id` of type text, by which the journal identifies rows.
 */
export async function journalSchema(db: Kysely<never>, schema: string, models: Models): Promise<void> {
  const all = await columnsOf(db, schema)
  const createSecrets = (table: string) =>
    Object.values(models)
      .filter((model) => model.table === table)
      .flatMap(secretColumns)
  if (Object.values(models).flatMap(secretColumns).length > 0) await installSealing(db)
  for (const table of new Set(all.map((column) => column.table))) {
    const columns = all.filter((column) => column.table === table)
    if (!columns.some(({ column, type }) => column === 'id' && type === 'text')) {
      throw new Error(
        `The table ${schema}.${table} has no column 'id' of type text, by which the journal identifies rows`,
      )
    }
    const source = functionBody(`${schema}.${table}`, columns, new Set(createSecrets(table)))
    if (!(await isInstalled(db, schema, table, source))) await install(db, schema, table, source)
  }
}

async function columnsOf(db: Kysely<never>, schema: string): Promise<TableColumn[]> {
  const { rows } = await sql<TableColumn>`
    select c.relname as table, a.attname as column, t.typname as type, a.attgenerated <> '' as "isGenerated"
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = to_regnamespace(${`"${schema}"`}) and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${NOT_JOURNALED}) and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`.execute(db)
  return rows
}

function functionBody(entity: string, all: TableColumn[], secrets: Set<string>): string {
  const columns = all.filter(({ isGenerated }) => !isGenerated)
  const value = (row: string, name: string) => {
    const json = `to_json(${row}.${quoted(name)})`
    return `${literal(`${JSON.stringify(name)}:`)} || coalesce(${secrets.has(name) ? `turri.seal(${json})` : json}::text, 'null')`
  }
  const changed = ({ column, type }: TableColumn, row: string) => {
    const cast = WITHOUT_EQUALITY.has(type) ? '::text' : ''
    const [o, n] = [`o.${quoted(column)}${cast}`, `n.${quoted(column)}${cast}`]
    return `case when ${o} is distinct from ${n} then ${value(row, column)} end`
  }
  const diff = (row: string) => joined(columns.map((column) => changed(column, row)))
  const columnwise = joined(columns.map(({ column }) => value('o', column)))
  // If the whole row is kept, one call is cheaper than one for each column.
  const isPlain = secrets.size === 0 && columns.length === all.length
  const whole = isPlain ? 'row_to_json(o)' : `('{' || ${columnwise} || '}')::json`
  return `
declare
  receipt bigint := nullif(current_setting('turri.receipt', true), '');
  undone boolean := coalesce(current_setting('turri.undoing', true), '') = 'on';
begin
  if tg_op = 'INSERT' then
    insert into turri.journal (receipt, entity, row_id, op, undone)
    select receipt, ${literal(entity)}, id, 'i', undone from new_rows;
  elsif tg_op = 'UPDATE' then
    insert into turri.journal (receipt, entity, row_id, op, undone, before, after)
    select receipt, ${literal(entity)}, d.id, 'u', undone, ('{' || d.before || '}')::json, ('{' || d.after || '}')::json
    from (select o.id, ${diff('o')} as before, ${diff('n')} as after
      from old_rows o join new_rows n on n.id = o.id) d
    where d.before <> '';
  else
    insert into turri.journal (receipt, entity, row_id, op, undone, before)
    select receipt, ${literal(entity)}, o.id, 'd', undone, ${whole} from old_rows o;
  end if;
  return null;
end`
}

/** A Postgres function takes at most 100 arguments. */
const MAX_ARGUMENTS = 90

/** Joins the parts that are not null with commas. */
function joined(parts: string[]): string {
  if (parts.length <= MAX_ARGUMENTS) return `concat_ws(',', ${parts.join(', ')})`
  const [first, rest] = [parts.slice(0, MAX_ARGUMENTS), parts.slice(MAX_ARGUMENTS)]
  return `concat_ws(',', nullif(${joined(first)}, ''), nullif(${joined(rest)}, ''))`
}

const TRIGGERS = {
  journal_insert: 'after insert on %s referencing new table as new_rows',
  journal_update: 'after update on %s referencing old table as old_rows new table as new_rows',
  journal_delete: 'after delete on %s referencing old table as old_rows',
}

async function isInstalled(db: Kysely<never>, schema: string, table: string, source: string): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`
    select p.prosrc = ${source} as same from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = to_regclass(${`${quoted(schema)}.${quoted(table)}`}) and t.tgname = any(${Object.keys(TRIGGERS)})`.execute(
    db,
  )
  return rows.length === Object.keys(TRIGGERS).length && rows.every(({ same }) => same)
}

async function install(db: Kysely<never>, schema: string, table: string, source: string): Promise<void> {
  const name = `turri.${quoted(`journal ${schema}.${table}`)}`
  const target = `${quoted(schema)}.${quoted(table)}`
  const triggers = Object.entries(TRIGGERS).map(
    ([trigger, when]) =>
      `create or replace trigger ${trigger} ${when.replace('%s', target)} for each statement execute function ${name}();`,
  )
  // Planned once per connection: planned for every statement, recording an update would cost half a millisecond.
  await sql
    .raw(
      `create or replace function ${name}() returns trigger language plpgsql set plan_cache_mode = 'force_generic_plan' as ${literal(source)}; ${triggers.join(' ')}`,
    )
    .execute(db)
}

/**
 * Secret columns are encrypted with the key of the worker's connections (`turri.journal_key`). If a row is written without the key,
 * for example by hand, the old value is not kept and cannot be restored.
 */
async function installSealing(db: Kysely<never>): Promise<void> {
  await sql`create extension if not exists pgcrypto`.execute(db)
  const { rows } = await sql<{ schema: string }>`
    select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pgcrypto'`.execute(db)
  const { schema } = rows[0]!
  await sql
    .raw(`
    create or replace function turri.seal(value json) returns json language sql stable strict as $$
      select json_build_object('sealed', case when coalesce(current_setting('turri.journal_key', true), '') <> '' then
        encode(${schema}.pgp_sym_encrypt(value::text, current_setting('turri.journal_key'), 's2k-mode=0, cipher-algo=aes256'), 'base64')
      end)
    $$;
    create or replace function turri.unseal(fields json) returns json language plpgsql stable as $$
    declare
      sealed text;
      answer jsonb := fields::jsonb;
      name text;
    begin
      for name in select key from json_each(fields) where json_typeof(value) = 'object' and value::jsonb ? 'sealed' loop
        sealed := fields -> name ->> 'sealed';
        if sealed is null then raise exception 'the old value of % was not kept', name using errcode = '39000'; end if;
        answer := jsonb_set(answer, array[name],
          ${schema}.pgp_sym_decrypt(decode(sealed, 'base64'), current_setting('turri.journal_key'))::jsonb);
      end loop;
      return answer;
    end
    $$;`)
    .execute(db)
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
