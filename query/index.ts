/** The query layer: every read is one statement, composed from the declarations of modules and links. */
import type { AnyDatabase } from '../framework/database.ts'
import type { Link } from '../framework/link/define-link.ts'
import { type LockMode, type Locks, lockRows, lockTable } from '../framework/model/lock-rows.ts'
import type { Module } from '../framework/model/module.ts'
import { notFound } from '../framework/model/refusals.ts'
import { preparedText } from '../framework/postgres/statement.ts'
import { Problem } from '../framework/problem.ts'
import {
  ALL,
  type Fields,
  type Filters,
  type ListOptions,
  type Query,
  type RetrieveOptions,
  type SelectOptions,
} from '../framework/query.ts'
import type { Shape } from '../framework/shape.ts'
import { complete, isWhole } from './after.ts'
import { type ListShape, listStatement, retrieveStatement, type Statement, type StatementShape } from './compile.ts'
import { describe } from './describe.ts'
import { createEntities, type Entities, type Entity } from './entities.ts'
import type { StatementInput } from './expressions.ts'
import { problemOrError } from './failures.ts'
import { type ChosenFields, chooseFields, plainField, refuseOrder } from './fields.ts'
import { type Condition, FilterReader } from './filters.ts'
import { LruCache } from './plans.ts'
import { select } from './selection.ts'

const DEFAULT_LIMIT = 50
const MAX_WORDS = 10
const MAX_PLANS = 500

interface Plan {
  shape: StatementShape
  statement: Statement
  isWhole: boolean
}

interface Layer {
  db: AnyDatabase
  entities: Entities
  plans: LruCache<Plan>
  /** Whether it reads in the transaction of a step, which must not wait for external systems. */
  inStep: boolean
}

/**
 * The query layer over the entities of these modules and links.
 *
 * @throws if a relation or a link refers to an entity or a column that does not exist.
 */
export function createQuery(db: AnyDatabase, modules: readonly Module[], links: readonly Link[] = []): Query {
  return queryOver({ db, entities: createEntities(modules, links), plans: new LruCache(MAX_PLANS), inStep: false })
}

function queryOver(layer: Layer): Query {
  let description: ReturnType<typeof describe> | undefined
  const list = async <R>(target: string | Shape<R>, options: ListOptions = {}) => {
    const { answer, rows } = await runList(layer, ...withShapeFields(target, options))
    return { rows: (rows ?? JSON.parse(answer.json)) as R[], count: answer.count }
  }
  return {
    async find<T>(shape: Shape<T>, filters: Filters = {}, options = {}) {
      const cleaned = withoutMissing(filters)
      return cleaned ? (await list<T>(shape, { ...options, filters: cleaned, limit: ALL })).rows : []
    },
    async first<T>(shape: Shape<T>, filters: Filters = {}, options = {}) {
      const cleaned = withoutMissing(filters)
      return cleaned && (await list<T>(shape, { ...options, filters: cleaned, limit: 1 })).rows[0]
    },
    list,
    async listJson(name, options = {}) {
      const { answer, rows } = await runList(layer, name, options)
      return rows ? { json: JSON.stringify(rows), count: answer.count } : answer
    },
    async retrieve<R>(target: string | Shape<R>, id: string, options: RetrieveOptions = {}) {
      const { json, row } = await runRetrieve(layer, ...withShapeFields(target, options), id)
      return (row ?? JSON.parse(json)) as R
    },
    async retrieveJson(name, id, options = {}) {
      const { json, row } = await runRetrieve(layer, name, options, id)
      return row ? JSON.stringify(row) : json
    },
    lock: (rows, mode) => lockInOrder(layer, rows, mode),
    refuseFields: (options) => void chosenFields(options),
    describe() {
      description ??= describe(layer.entities)
      return description
    },
    on: (executor) => queryOver({ ...layer, db: executor, inStep: true }),
  }
}

async function lockInOrder({ db, entities }: Layer, rows: Locks, mode: LockMode = 'update') {
  const missing: Record<string, string[]> = {}
  const locks = Object.entries(rows).map(([name, ids]) => {
    const entity = entities.get(name)
    return { name, ids, entity, position: entities.all.indexOf(entity) }
  })
  for (const { name, ids, entity } of locks.sort((a, b) => a.position - b.position)) {
    const { schema, model } = entity
    if (ids === 'all') await lockTable(db, schema, model)
    else {
      const absent = await lockRows(db, schema, model, ids, mode)
      if (absent.length > 0) missing[name] = absent
    }
  }
  return missing
}

function withShapeFields<S extends SelectOptions>(target: string | Shape, options: S): [entity: string, S] {
  return typeof target === 'string' ? [target, options] : [target.entity, { ...options, fields: target.fields }]
}

/**
 * Removes undefined and repeated values, and null ids, from lists of values, also in filters of relations.
 *
 * @returns undefined if a list is empty: nothing can match.
 */
function withoutMissing(filters: Filters): Filters | undefined {
  const cleaned: Record<string, Filters[string]> = { ...filters }
  for (const [name, value] of Object.entries(filters)) {
    if (name.startsWith('$')) continue
    if (Array.isArray(value)) {
      const values = [...new Set(value)].filter((item) => item !== undefined && (item !== null || name !== 'id'))
      if (values.length === 0) return undefined
      cleaned[name] = values
    } else if (isFilters(value)) {
      const inside = withoutMissing(value)
      if (!inside) return undefined
      cleaned[name] = inside
    }
  }
  return cleaned
}

function isFilters(value: Filters[string]): value is Filters {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @returns `rows` only if something was added to Postgres' JSON. */
async function runList(layer: Layer, name: string, options: ListOptions) {
  const entity = layer.entities.get(name)
  const { condition, only, input } = readFilters(layer, entity, options)
  const words = patternsOf(options.q)
  const order = ordersOf(options)
  const { limit = DEFAULT_LIMIT, offset = 0 } = options
  const isFirstPage = offset === 0
  const key = planKey('list', name, options, [condition, [...only.values()], order, words.length, limit, isFirstPage])
  const plan = layer.plans.get(key, () => {
    const base = shapeOf(entity, options, condition, only)
    const shape: ListShape = { ...base, order, words: words.length, limit, isFirstPage }
    return planOf(shape, listStatement(layer.db, layer.entities, shape))
  })
  const [answer] = await send<{ json: string; count: number }>(layer, plan, { ...input, words, offset })
  return { answer: answer!, rows: await completedRows(layer, plan, answer!.json, input.context) }
}

/** @returns `row` only if something was added to Postgres' JSON. */
async function runRetrieve(layer: Layer, name: string, options: RetrieveOptions, id: string) {
  const entity = layer.entities.get(name)
  const { key: column = 'id' } = options
  const { condition, only, input } = readFilters(layer, entity, options)
  const key = planKey('retrieve', name, options, [condition, [...only.values()], column])
  const plan = layer.plans.get(key, () => {
    const shape = shapeOf(entity, options, condition, only)
    return planOf(shape, retrieveStatement(layer.db, layer.entities, shape, column))
  })
  const [answer] = await send<{ json: string }>(layer, plan, { ...input, id })
  if (!answer) throw notFoundProblem(options, entity, id, column)
  const rows = await completedRows(layer, plan, `[${answer.json}]`, input.context)
  return { json: answer.json, row: rows?.[0] }
}

function notFoundProblem({ missing }: RetrieveOptions, { model }: Entity, id: string, column: string): Problem {
  return missing ? new Problem('not_found', missing(id)) : notFound(model, id, column)
}

function planOf(shape: StatementShape, statement: Statement): Plan {
  return { shape, statement, isWhole: isWhole(shape.selection) }
}

type ConditionByEntity = Map<Entity, Condition>

function readFilters(
  { entities }: Layer,
  entity: Entity,
  { filters = {}, only = {}, context = {} }: SelectOptions,
): { condition: Condition; only: ConditionByEntity; input: StatementInput } {
  const reader = new FilterReader()
  const condition = reader.read(entity, filters)
  const byEntity: ConditionByEntity = new Map(
    Object.keys(only).map((name) => [entities.get(name), reader.read(entities.get(name), only[name]!)]),
  )
  const input = { values: reader.values, words: [], context, offset: 0, id: '' }
  return { condition, only: byEntity, input }
}

function shapeOf(
  entity: Entity,
  { withDeleted = false, deep, context, ...options }: SelectOptions,
  condition: Condition,
  only: ConditionByEntity,
): StatementShape {
  return {
    selection: select(entity, chosenFields(options), deep),
    condition,
    withDeleted,
    only,
    contextNames: contextNamesOf(context),
  }
}

function contextNamesOf(context: SelectOptions['context'] = {}): string[] {
  return Object.keys(context)
    .filter((name) => context[name] != null)
    .sort()
}

const OWN_FIELDS = { defaults: ['*'] }

function chosenFields({ fields, config = OWN_FIELDS }: SelectOptions): ChosenFields {
  if (typeof fields !== 'object') return chooseFields(fields, config)
  const paths = fields.map(plainField)
  return { include: paths, exclude: [], own: paths }
}

function ordersOf({ order = [], config }: ListOptions): readonly string[] {
  const orders = (typeof order === 'string' ? [order] : order).filter((term) => term !== '')
  if (config) for (const term of orders) refuseOrder(term, config)
  return orders
}

function patternsOf(q: string | undefined): string[] {
  const words = q?.split(/\s+/).filter(Boolean) ?? []
  if (words.length > MAX_WORDS) throw new Problem('invalid_data', `The text of q has more than ${MAX_WORDS} words`)
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}

const configs = new WeakMap<object, number>()
let configCount = 0

/** The key of a statement: the same for all requests that it serves. */
function planKey(kind: string, name: string, options: SelectOptions, more: unknown[]): string {
  const { fields, config = OWN_FIELDS, withDeleted, only = {}, deep, context } = options
  const number = configs.get(config) ?? ++configCount
  configs.set(config, number)
  return JSON.stringify([
    kind,
    name,
    number,
    fields,
    withDeleted,
    deep,
    Object.keys(only),
    contextNamesOf(context),
    ...more,
  ])
}

async function send<R>({ db }: Layer, { statement }: Plan, input: StatementInput): Promise<R[]> {
  try {
    const { rows } = await db.executeQuery<R>(preparedText(statement.text, statement.parameters(input)))
    return rows
  } catch (error) {
    throw problemOrError(error)
  }
}

async function completedRows(
  { inStep }: Layer,
  { isWhole, shape }: Plan,
  json: string,
  context: Readonly<Fields>,
): Promise<Fields[] | undefined> {
  if (isWhole) return undefined
  const rows = JSON.parse(json) as Fields[]
  await complete(shape.selection, rows, { context, inStep })
  return rows
}
