/** Reads filters: what is meant, with the values set apart, so that filters of one shape are one statement. */
import { type ColumnType, isVisible } from '../framework/model/model.ts'
import { Problem } from '../framework/problem.ts'
import type { Filters } from '../framework/query.ts'
import type { Entity, EntityRelation } from './entities.ts'
import { sqlFieldOf } from './selection.ts'
import { valueFor, wrongType } from './values.ts'

/** A condition without its values: those are numbered. Free of cycles, so that its JSON names its shape. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { field: string; op: Comparison; value: number; key?: number }
  | { field: string; isNull: boolean; key?: number }
  | { relation: string; where: Condition }
  | { relation: string; absent: true }

export type Comparison = (typeof COMPARISONS)[number]

const COMPARISONS = [
  '$eq',
  '$ne',
  '$in',
  '$nin',
  '$like',
  '$ilike',
  '$re',
  '$contains',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
] as const
const KNOWN = new Set<string>(COMPARISONS)
const PATTERNS = new Set<string>(['$like', '$ilike', '$re'])

const MAX_DEPTH = 8
const MAX_CONDITIONS = 100

/** Reads the filters of one request. */
export class FilterReader {
  /** By their numbers. */
  readonly values: unknown[] = []
  #count = 0

  /** @throws Problem `invalid_data` where a field or an operator is unknown, a value has the wrong type, or it is too much. */
  read(entity: Entity, filters: Filters, path = '', depth = 0): Condition {
    if (depth > MAX_DEPTH) throw new Problem('invalid_data', `The filters are more than ${MAX_DEPTH} levels deep`)
    const all: Condition[] = []
    for (const name of Object.keys(filters)) {
      const value = filters[name]
      if (value !== undefined) all.push(this.#one(entity, name, value, path, depth))
    }
    return all.length === 1 ? all[0]! : { all }
  }

  #one(entity: Entity, name: string, value: unknown, path: string, depth: number): Condition {
    if (++this.#count > MAX_CONDITIONS) {
      throw new Problem('invalid_data', `The filters have more than ${MAX_CONDITIONS} conditions`)
    }
    const at = path === '' ? name : `${path}.${name}`
    if (name === '$and' || name === '$or') {
      if (!Array.isArray(value)) throw wrongType('array', at, value)
      const parts = value.map((part) => this.read(entity, asFilters(part, at), path, depth + 1))
      return name === '$and' ? { all: parts } : { any: parts }
    }
    if (name === '$not') return { not: this.read(entity, asFilters(value, at), path, depth + 1) }
    const relation = entity.relations.get(name)
    if (relation && !relation.outside) return this.#related(relation, value, at, depth)
    const type = typeOf(entity, name)
    if (!type) throw unknownColumn(entity, at)
    return this.#compared(name, type, value, at)
  }

  /** A plain value or a list is the id of what is related. */
  #related({ name, hops }: EntityRelation, value: unknown, at: string, depth: number): Condition {
    if (value === null) return { relation: name, absent: true }
    const filters = isObject(value) ? value : { id: value as string }
    return { relation: name, where: this.read(hops.at(-1)!.entity, filters, at, depth + 1) }
  }

  #compared(field: string, type: ColumnType, value: unknown, at: string): Condition {
    if (Array.isArray(value)) return this.#operator(field, type, '$in', value, at)
    if (!isObject(value)) return this.#operator(field, type, '$eq', value, at)
    const names = Object.keys(value)
    if (type === 'json' && names.some((name) => !name.startsWith('$'))) return this.#inside(field, value, at)
    const all = names
      .filter((name) => value[name] !== undefined)
      .map((name) => {
        if (!KNOWN.has(name)) throw new Problem('invalid_data', `Invalid request: Unrecognized fields: '${at}.${name}'`)
        return this.#operator(field, type, name as Comparison, value[name], at)
      })
    return all.length === 1 ? all[0]! : { all }
  }

  /** `{ metadata: { color: 'red' } }`: what is under a key of a JSON object, compared as text. */
  #inside(field: string, value: Filters, at: string): Condition {
    const all = Object.keys(value).map((key) => {
      const condition = this.#compared(field, 'text', value[key], `${at}.${key}`)
      return withKey(condition, this.#note(key))
    })
    return all.length === 1 ? all[0]! : { all }
  }

  #operator(field: string, type: ColumnType, op: Comparison, value: unknown, at: string): Condition {
    if (op === '$in' || op === '$nin') return this.#list(field, type, op, value, at)
    if (value === null && (op === '$eq' || op === '$ne')) return { field, isNull: op === '$eq' }
    if (value === null) throw wrongType('string', `${at}.${op}`, value)
    if ((type === 'json') !== (op === '$contains'))
      throw new Problem(
        'invalid_data',
        `The operator ${op} cannot be used on ${at}: ${type === 'json' ? 'it is JSON, which has $contains' : 'it is not JSON'}`,
      )
    return { field, op, value: this.#note(valueFor(PATTERNS.has(op) ? 'text' : type, value, at)) }
  }

  /** Nulls in a list are set apart: `in` does not find them. */
  #list(field: string, type: ColumnType, op: '$in' | '$nin', value: unknown, at: string): Condition {
    if (!Array.isArray(value)) throw wrongType('array', `${at}.${op}`, value)
    if (type === 'json') throw new Problem('invalid_data', `The operator ${op} cannot be used on ${at}: it is JSON`)
    const values = value.filter((one) => one !== null)
    const condition: Condition = { field, op, value: this.#note(values.map((one) => valueFor(type, one, at))) }
    if (values.length === value.length) return condition
    return op === '$in' ? { any: [condition, { field, isNull: true }] } : { all: [condition, { field, isNull: false }] }
  }

  #note(value: unknown): number {
    return this.values.push(value) - 1
  }
}

/** Of what can be compared: columns that may be shown, and what Postgres computes. */
export function typeOf(entity: Entity, name: string): ColumnType | undefined {
  const column = Object.hasOwn(entity.model.columns, name) ? entity.model.columns[name] : undefined
  if (column) return isVisible(column) ? column.type : undefined
  return sqlFieldOf(entity, name)?.type
}

export function unknownColumn(entity: Entity, path: string): Problem {
  return new Problem('invalid_data', `column ${entity.name}.${path.split('.').at(-1)} does not exist`)
}

function withKey(condition: Condition, key: number): Condition {
  if ('all' in condition) return { all: condition.all.map((one) => withKey(one, key)) }
  if ('any' in condition) return { any: condition.any.map((one) => withKey(one, key)) }
  return 'field' in condition ? { ...condition, key } : condition
}

function asFilters(value: unknown, at: string): Filters {
  if (isObject(value)) return value
  throw wrongType('object', at, value)
}

function isObject(value: unknown): value is Filters {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
