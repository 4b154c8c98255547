/** Compares the tables of a database with the models, both as Postgres' catalogue describes them. */
import { sql } from 'kysely'
import type { AnyDatabase, Database } from '../database.ts'
import { creationOf } from './ddl.ts'
import type { Module } from './module.ts'

export type ModelDifference = {
  module: string
  /** The column, index or constraint, with its table. */
  what: string
  /** The definition in the model; null if the model lacks a column that is not nullable. */
  model: string | null
  /** The definition in the database; null if it is missing. */
  database: string | null
}

const DRAFT = 'turri_draft'

/**
 * The differences between the migrated tables and the models. Creates the models' tables in a schema of their own, in a transaction that
 * is rolled back, and compares both. Additional objects in the database, such as an index, are no difference.
 */
export async function modelDifferences(db: Database, modules: readonly Module[]): Promise<ModelDifference[]> {
  const found: ModelDifference[] = []
  for (const module of modules) {
    const { expected, actual } = await inDraftSchema(db, creationOf(Object.values(module.models)), async (trx) => ({
      expected: await partsOf(trx, DRAFT),
      actual: await partsOf(trx, module.name),
    }))
    const differences = [...changedParts(expected, actual), ...unknownColumns(module, expected, actual)]
    found.push(...differences.map((difference) => ({ module: module.name, ...difference })))
  }
  return found
}

type Parts = ReadonlyMap<string, string>
type Difference = Omit<ModelDifference, 'module'>

function changedParts(expected: Parts, actual: Parts): Difference[] {
  return [...expected].flatMap(([what, model]) => {
    const database = actual.get(what) ?? null
    return database === model || database === withDefault(model) ? [] : [{ what, model, database }]
  })
}

/** Required columns of the models' tables that the models lack. */
function unknownColumns({ models }: Module, expected: Parts, actual: Parts): Difference[] {
  const tables = new Set(Object.values(models).map(({ table }) => table))
  const isRequired = (what: string, definition: string) =>
    definition.startsWith('column') && definition.endsWith('not null') && tables.has(what.split('.')[0]!)
  return [...actual].flatMap(([what, database]) =>
    isRequired(what, database) && !expected.has(what) ? [{ what, model: null, database }] : [],
  )
}

/** A default that only the database has is no difference. */
const withDefault = (model: string) => model.replace(/ (not null|null)$/, ' with default $1')

class RolledBack extends Error {}

async function inDraftSchema<R>(db: Database, creation: string, read: (trx: AnyDatabase) => Promise<R>): Promise<R> {
  let result: R | undefined
  try {
    await db.transaction().execute(async (trx) => {
      await sql.raw(`create schema ${DRAFT}; set local search_path = ${DRAFT}, public; ${creation}`).execute(trx)
      result = await read(trx)
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  return result!
}

/** Columns, unique indexes, foreign keys and checks of a schema: name → definition. */
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
