/** Every read: one statement, on a connection that cannot write. */
import { type RawBuilder, sql } from 'kysely'
import { type Database, isUnstorable } from '../framework/database.ts'
import type { ListOptions, Query } from '../framework/http/router.ts'
import type { Column, Model } from '../framework/model/model.ts'
import type { Module } from '../framework/model/module.ts'
import { notFound, unstorable } from '../framework/model/repository.ts'
import { Problem } from '../framework/problem.ts'

interface Entity {
  schema: string
  model: Model
}

/** The query layer over the models of these modules; an entity's name is its table's. */
export function createQuery(db: Database, modules: Module[]): Query {
  const entities = new Map(
    modules.flatMap(({ name: schema, models }) =>
      Object.values(models).map((model): [string, Entity] => [model.table, { schema, model }]),
    ),
  )
  const entityOf = (name: string): Entity => {
    const entity = entities.get(name)
    if (!entity) throw new Error(`No module of this project has the entity '${name}'`)
    return entity
  }
  return {
    async list(name, options) {
      const entity = entityOf(name)
      const where = conditions(entity.model, options)
      const [answer] = await ask<{ rows: Record<string, unknown>[]; count: number }>(
        db,
        sql`
        select
          (select count(*)::int from ${tableOf(entity)} where ${where}) as count,
          coalesce((select json_agg(page) from (
            select ${columnsOf(entity.model)} from ${tableOf(entity)} where ${where}
            order by ${orderOf(entity.model, options.order)} limit ${options.limit} offset ${options.offset}
          ) page), '[]') as rows`,
      )
      return answer!
    },
    async retrieve(name, id) {
      const entity = entityOf(name)
      const [row] = await ask<Record<string, unknown>>(
        db,
        sql`select ${columnsOf(entity.model)} from ${tableOf(entity)} where id = ${id} and deleted_at is null`,
      )
      if (!row) throw notFound(entity.model, id)
      return row
    },
  }
}

async function ask<R>(db: Database, statement: RawBuilder<unknown>): Promise<R[]> {
  try {
    return (await statement.execute(db)).rows as R[]
  } catch (error) {
    throw isUnstorable(error) ? unstorable() : error
  }
}

function tableOf({ schema, model }: Entity): RawBuilder<unknown> {
  return sql`${sql.id(schema, model.table)}`
}

/** Points in time as ISO 8601 in UTC with milliseconds, as they stand in the answer. */
function columnsOf({ columns }: Model): RawBuilder<unknown> {
  const expressions = Object.entries(columns).map(([name, column]) =>
    column.type === 'timestamptz'
      ? sql`to_char(${sql.ref(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${sql.id(name)}`
      : sql`${sql.ref(name)}`,
  )
  return sql.join(expressions)
}

function conditions(model: Model, { filters = {}, q }: ListOptions): RawBuilder<unknown> {
  const all = [sql`deleted_at is null`]
  for (const [name, value] of Object.entries(filters)) {
    if (value === undefined) continue
    columnOf(model, name)
    all.push(Array.isArray(value) ? sql`${sql.ref(name)} = any(${value})` : sql`${sql.ref(name)} = ${value}`)
  }
  for (const word of q?.split(/\s+/).filter(Boolean) ?? []) all.push(sql`(${found(model, word)})`)
  return sql.join(all, sql` and `)
}

/** Any searchable column holds the word. */
function found({ columns }: Model, word: string): RawBuilder<unknown> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  const searchable = Object.entries(columns).filter(([, column]) => column.isSearchable)
  return searchable.length > 0
    ? sql.join(
        searchable.map(([name]) => sql`${sql.ref(name)} ilike ${pattern}`),
        sql` or `,
      )
    : sql`false`
}

function orderOf(model: Model, order = 'id'): RawBuilder<unknown> {
  const name = order.replace(/^-/, '')
  columnOf(model, name)
  const direction = order.startsWith('-') ? sql`desc` : sql`asc`
  return name === 'id' ? sql`id ${direction}` : sql`${sql.ref(name)} ${direction}, id ${direction}`
}

function columnOf(model: Model, name: string): Column {
  const column = Object.hasOwn(model.columns, name) ? model.columns[name] : undefined
  if (!column) throw new Problem('invalid_data', `Field '${name}' does not exist on ${model.table}`)
  return column
}
