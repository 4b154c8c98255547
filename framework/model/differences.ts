/** Whether the tables of a database are what the models say: both are looked up in Postgres' own catalogue. */
import { sql } from 'kysely'
import type { AnyDatabase, Database } from '../database.ts'
import { creationOf } from './ddl.ts'
import type { Module } from './module.ts'

export type ModelDifference = {
  module: string
  /** The column, index or constraint, with its table. */
  what: string
  /** As the model says it; null where the model knows nothing of a column that may not be empty. */
  model: string | null
  /** As it is; null where it is missing. */
  database: string | null
}

const DRAFT = 'turri_draft'

/**
 * What migrations have left otherwise than the models say. The models' tables are made in a schema of their own, in a transaction that is
 * rolled back, and compared. What a database has besides, such as an index of its own, is no difference.
 */
export async function modelDifferences(db: Database, modules: readonly Module[]): Promise<ModelDifference[]> {
  const found: ModelDifference[] = []
  for (const module of modules) {
    const { drafted, there } = await inDraft(db, creationOf(Object.values(module.models)), async (trx) => ({
      drafted: await partsOf(trx, DRAFT),
      there: await partsOf(trx, module.name),
    }))
    const differences = [...otherwise(drafted, there), ...unknownTo(module, drafted, there)]
    found.push(...differences.map((one) => ({ module: module.name, ...one })))
  }
  return found
}

type Parts = ReadonlyMap<string, string>
type Difference = Omit<ModelDifference, 'module'>

function otherwise(drafted: Parts, there: Parts): Difference[] {
  return [...drafted].flatMap(([what, model]) => {
    const database = there.get(what) ?? null
    return database === model || database === withDefault(model) ? [] : [{ what, model, database }]
  })
}

/** Columns of the models' tables that may not be empty, and that the models do not know. */
function unknownTo({ models }: Module, drafted: Parts, there: Parts): Difference[] {
  const tables = new Set(Object.values(models).map(({ table }) => table))
  const isNeeded = (what: string, is: string) =>
    is.startsWith('column') && is.endsWith('not null') && tables.has(what.split('.')[0]!)
  return [...there].flatMap(([what, database]) =>
    isNeeded(what, database) && !drafted.has(what) ? [{ what, model: null, database }] : [],
  )
}

/** A default that only the database has does no harm. */
const withDefault = (model: string) => model.replace(/ (not null|null)$/, ' with default $1')

class RolledBack extends Error {}

async function inDraft<R>(db: Database, creation: string, look: (trx: AnyDatabase) => Promise<R>): Promise<R> {
  let seen: R | undefined
  try {
    await db.transaction().execute(async (trx) => {
      await sql.raw(`create schema ${DRAFT}; set local search_path = ${DRAFT}, public; ${creation}`).execute(trx)
      seen = await look(trx)
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  return seen!
}

/** Columns, unique indexes, foreign keys and checks of a schema: what each is called here → what it is. */
async function partsOf(trx: AnyDatabase, schema: string): Promise<Parts> {
  const { rows } = await sql<{ what: string; is: string }>`
    with tables as (
      select c.oid, c.relname from pg_class c where c.relnamespace = to_regnamespace(${`"${schema}"`}) and c.relkind = 'r'
    )
    select t.relname || '.' || a.attname as what, concat_ws(' ', 'column', format_type(a.atttypid, a.atttypmod),
      case when a.attgenerated <> '' then 'generated' when a.atthasdef then 'with default' end,
      case when a.attnotnull then 'not null' else 'null' end) as is
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    union all
    select t.relname || ': unique ' || regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING | INCLUDE \\([^)]*\\)', '', 'g'), 'there'
    from tables t join pg_index i on i.indrelid = t.oid and i.indisunique
    union all
    select t.relname || ': ' || replace(pg_get_constraintdef(k.oid), ${`${schema}.`}, ''), 'there'
    from tables t join pg_constraint k on k.conrelid = t.oid and k.contype in ('f', 'c')`.execute(trx)
  return new Map(rows.map(({ what, is }) => [what, is]))
}
