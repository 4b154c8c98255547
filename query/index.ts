/** Every read: one statement, composed from what modules and links declare. */
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
  type Listing,
  type Query,
  type Retrieving,
  type Selecting,
} from '../framework/query.ts'
import type { Shape } from '../framework/shape.ts'
import { complete, isWhole } from './after.ts'
import { type ListShape, listStatement, retrieveStatement, type Statement, type StatementShape } from './compile.ts'
import { describe } from './describe.ts'
import { createEntities, type Entities, type Entity } from './entities.ts'
import type { Given } from './expressions.ts'
import { meaningOf } from './failures.ts'
import { type Chosen, chooseFields, plainField, refuseOrder } from './fields.ts'
import { type Condition, FilterReader } from './filters.ts'
import { Recent } from './plans.ts'
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
  plans: Recent<Plan>
  /** In the transaction of a step nobody waits for the outside world. */
  inStep: boolean
}

/**
 * The query layer over the entities of these modules and links.
 *
 * @throws when a relation or a link names what there is not.
 */
export function createQuery(db: AnyDatabase, modules: readonly Module[], links: readonly Link[] = []): Query {
  return over({ db, entities: createEntities(modules, links), plans: new Recent(MAX_PLANS), inStep: false })
}

function over(layer: Layer): Query {
  let description: ReturnType<typeof describe> | undefined
  const list = async <R>(what: string | Shape<R>, listing: Listing = {}) => {
    const { answer, rows } = await listed(layer, ...asked(what, listing))
    return { rows: (rows ?? JSON.parse(answer.json)) as R[], count: answer.count }
  }
  return {
    async find<T>(shape: Shape<T>, filters: Filters = {}, finding = {}) {
      const known = withoutMissing(filters)
      return known ? (await list<T>(shape, { ...finding, filters: known, limit: ALL })).rows : []
    },
    async first<T>(shape: Shape<T>, filters: Filters = {}, finding = {}) {
      const known = withoutMissing(filters)
      return known && (await list<T>(shape, { ...finding, filters: known, limit: 1 })).rows[0]
    },
    list,
    async listJson(name, listing = {}) {
      const { answer, rows } = await listed(layer, name, listing)
      return rows ? { json: JSON.stringify(rows), count: answer.count } : answer
    },
    async retrieve<R>(what: string | Shape<R>, id: string, retrieving: Retrieving = {}) {
      const { json, row } = await retrieved(layer, ...asked(what, retrieving), id)
      return (row ?? JSON.parse(json)) as R
    },
    async retrieveJson(name, id, retrieving = {}) {
      const { json, row } = await retrieved(layer, name, retrieving, id)
      return row ? JSON.stringify(row) : json
    },
    lock: (rows, mode) => lockInOrder(layer, rows, mode),
    refuseFields: (selecting) => void chosen(selecting),
    describe() {
      description ??= describe(layer.entities)
      return description
    },
    on: (executor) => over({ ...layer, db: executor, inStep: true }),
  }
}

async function lockInOrder({ db, entities }: Layer, rows: Locks, mode: LockMode = 'update') {
  const missing: Record<string, string[]> = {}
  const places = new Map(entities.all.map((entity, place) => [entity, place]))
  const wanted = Object.entries(rows).map(([name, ids]) => ({ name, ids, entity: entities.get(name) }))
  for (const { name, ids, entity } of wanted.sort((a, b) => places.get(a.entity)! - places.get(b.entity)!)) {
    const { schema, model } = entity
    if (ids === 'all') await lockTable(db, schema, model)
    else {
      const absent = await lockRows(db, schema, model, ids, mode)
      if (absent.length > 0) missing[name] = absent
    }
  }
  return missing
}

function asked<S extends Selecting>(what: string | Shape, selecting: S): [entity: string, S] {
  return typeof what === 'string' ? [what, selecting] : [what.entity, { ...selecting, fields: what.fields }]
}

/** Undefined where nothing can match: a list of what a field, or one of what is related, may be is empty. */
function withoutMissing(filters: Filters): Filters | undefined {
  const known: Record<string, Filters[string]> = { ...filters }
  for (const [name, value] of Object.entries(filters)) {
    if (name.startsWith('$')) continue
    if (Array.isArray(value)) {
      const values = [...new Set(value)].filter((one) => one !== undefined && (one !== null || name !== 'id'))
      if (values.length === 0) return undefined
      known[name] = values
    } else if (isFilters(value)) {
      const inside = withoutMissing(value)
      if (!inside) return undefined
      known[name] = inside
    }
  }
  return known
}

function isFilters(value: Filters[string]): value is Filters {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The rows as objects only where something was added to them. */
async function listed(layer: Layer, name: string, listing: Listing) {
  const entity = layer.entities.get(name)
  const { condition, only, given } = read(layer, entity, listing)
  const words = wordsOf(listing.q)
  const order = ordersOf(listing)
  const { limit = DEFAULT_LIMIT, offset = 0 } = listing
  const isFirstPage = offset === 0
  const key = keyOf('list', name, listing, [condition, [...only.values()], order, words.length, limit, isFirstPage])
  const plan = layer.plans.get(key, () => {
    const narrowed = shapeOf(entity, listing, condition, only)
    const shape: ListShape = { ...narrowed, order, words: words.length, limit, isFirstPage }
    return planOf(shape, listStatement(layer.db, layer.entities, shape))
  })
  const [answer] = await send<{ json: string; count: number }>(layer, plan, { ...given, words, offset })
  return { answer: answer!, rows: await completed(layer, plan, answer!.json, given.context) }
}

async function retrieved(layer: Layer, name: string, retrieving: Retrieving, id: string) {
  const entity = layer.entities.get(name)
  const { key: column = 'id' } = retrieving
  const { condition, only, given } = read(layer, entity, retrieving)
  const key = keyOf('retrieve', name, retrieving, [condition, [...only.values()], column])
  const plan = layer.plans.get(key, () => {
    const shape = shapeOf(entity, retrieving, condition, only)
    return planOf(shape, retrieveStatement(layer.db, layer.entities, shape, column))
  })
  const [answer] = await send<{ json: string }>(layer, plan, { ...given, id })
  if (!answer) throw notFoundAs(retrieving, entity, id, column)
  const rows = await completed(layer, plan, `[${answer.json}]`, given.context)
  return { json: answer.json, row: rows?.[0] }
}

function notFoundAs({ missing }: Retrieving, { model }: Entity, id: string, column: string): Problem {
  return missing ? new Problem('not_found', missing(id)) : notFound(model, id, column)
}

function planOf(shape: StatementShape, statement: Statement): Plan {
  return { shape, statement, isWhole: isWhole(shape.selection) }
}

type Narrowed = Map<Entity, Condition>

function read(
  { entities }: Layer,
  entity: Entity,
  { filters = {}, only = {}, context = {} }: Selecting,
): { condition: Condition; only: Narrowed; given: Given } {
  const reader = new FilterReader()
  const condition = reader.read(entity, filters)
  const narrowed: Narrowed = new Map(
    Object.keys(only).map((name) => [entities.get(name), reader.read(entities.get(name), only[name]!)]),
  )
  const given = { values: reader.values, words: [], context, offset: 0, id: '' }
  return { condition, only: narrowed, given }
}

function shapeOf(
  entity: Entity,
  { withDeleted = false, deep, context, ...selecting }: Selecting,
  condition: Condition,
  only: Narrowed,
): StatementShape {
  return {
    selection: select(entity, chosen(selecting), deep),
    condition,
    withDeleted,
    only,
    brought: broughtBy(context),
  }
}

function broughtBy(context: Selecting['context'] = {}): string[] {
  return Object.keys(context)
    .filter((name) => context[name] != null)
    .sort()
}

const OWN = { defaults: ['*'] }

function chosen({ fields, config = OWN }: Selecting): Chosen {
  if (typeof fields !== 'object') return chooseFields(fields, config)
  const paths = fields.map(plainField)
  return { include: paths, exclude: [], own: paths }
}

function ordersOf({ order = [], config }: Listing): readonly string[] {
  const orders = (typeof order === 'string' ? [order] : order).filter((one) => one !== '')
  if (config) for (const one of orders) refuseOrder(one, config)
  return orders
}

function wordsOf(q: string | undefined): string[] {
  const words = q?.split(/\s+/).filter(Boolean) ?? []
  if (words.length > MAX_WORDS) throw new Problem('invalid_data', `The text of q has more than ${MAX_WORDS} words`)
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}

const configs = new WeakMap<object, number>()
let configCount = 0

/** What is the same for all requests that one statement serves. */
function keyOf(kind: string, name: string, selecting: Selecting, more: unknown[]): string {
  const { fields, config = OWN, withDeleted, only = {}, deep, context } = selecting
  const number = configs.get(config) ?? ++configCount
  configs.set(config, number)
  return JSON.stringify([kind, name, number, fields, withDeleted, deep, Object.keys(only), broughtBy(context), ...more])
}

async function send<R>({ db }: Layer, { statement }: Plan, given: Given): Promise<R[]> {
  try {
    const { rows } = await db.executeQuery<R>(preparedText(statement.text, statement.parameters(given)))
    return rows
  } catch (error) {
    throw meaningOf(error)
  }
}

async function completed(
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
