/** Parses filters into conditions and separate values, so that filters of the same shape have the same statement. */
import { type ColumnType, isVisible } from '../framework/model/model.ts'
import { Problem } from '../framework/problem.ts'
import type { Filters } from '../framework/query.ts'
import type { Entity, EntityRelation } from './entities.ts'
import { sqlFieldOf } from './selection.ts'
import { valueFor, wrongType } from './values.ts'

/** A condition with numbers in place of its values. Its JSON is part of the key of the statement. */
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

/** Parses the filters of one request. */
export class FilterReader {
  /** Number → value. */
  readonly values: unknown[] = []
  #count = 0

  /** @throws Problem `invalid_data` if a field or an operator is unknown, a value has the wrong type, or there are too many conditions. */
  read(entity: Entity, filters: Filters, path = '', depth = 0): Condition {
    if (depth > MAX_DEPTH) throw new Problem('invalid_data', `The filters are more than ${MAX_DEPTH} levels deep`)
    const all: Condition[] = []
    for (const name of Object.keys(filters)) {
      const value = filters[name]
      if (value !== undefined) all.push(this.#readField(entity, name, value, path, depth))
    }
    return all.length === 1 ? all[0]! : { all }
  }

  #readField(entity: Entity, name: string, value: unknown, path: string, depth: number): Condition {
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
    if (relation && !relation.outside) return this.#readRelation(relation, value, at, depth)
    const type = typeOf(entity, name)
    if (!type) throw unknownColumn(entity, at)
    return this.#readComparison(name, type, value, at)
  }

  /** A plain value or a list filters by the id of the related row. */
  #readRelation({ name, hops }: EntityRelation, value: unknown, at: string, depth: number): Condition {
    if (value === null) return { relation: name, absent: true }
    const filters = isObject(value) ? value : { id: value as string }
    return { relation: name, where: this.read(hops.at(-1)!.entity, filters, at, depth + 1) }
  }

  #readComparison(field: string, type: ColumnType, value: unknown, at: string): Condition {
    if (Array.isArray(value)) return this.#readOperator(field, type, '$in', value, at)
    if (!isObject(value)) return this.#readOperator(field, type, '$eq', value, at)
    const names = Object.keys(value)
    if (type === 'json' && names.some((name) => !name.startsWith('$'))) return this.#readJsonKeys(field, value, at)
    const all = names
      .filter((name) => value[name] !== undefined)
      .map((name) => {
        if (!KNOWN.has(name)) throw new Problem('invalid_data', `Invalid request: Unrecognized fields: '${at}.${name}'`)
        return this.#readOperator(field, type, name as Comparison, value[name], at)
      })
    return all.length === 1 ? all[0]! : { all }
  }

  /** `{ metadata: { color: 'red' } }` compares the value of a key of a JSON object, as text. */
  #readJsonKeys(field: string, value: Filters, at: string): Condition {
    const all = Object.keys(value).map((key) => {
      const condition = this.#readComparison(field, 'text', value[key], `${at}.${key}`)
      return withKey(condition, this.#addValue(key))
    })
    return all.length === 1 ? all[0]! : { all }
  }

  #readOperator(field: string, type: ColumnType, op: Comparison, value: unknown, at: string): Condition {
    if (op === '$in' || op === '$nin') return this.#readList(field, type, op, value, at)
    if (value === null && (op === '$eq' || op === '$ne')) return { field, isNull: op === '$eq' }
    if (value === null) throw wrongType('string', `${at}.${op}`, value)
    if ((type === 'json') !== (op === '$contains'))
      throw new Problem(
        'invalid_data',
        `The operator ${op} cannot be used on ${at}: ${type === 'json' ? 'it is JSON, which has $contains' : 'it is not JSON'}`,
      )
    return { field, op, value: this.#addValue(valueFor(PATTERNS.has(op) ? 'text' : type, value, at)) }
  }

  /** Nulls become a condition of their own, because `in` does not match them. */
  #readList(field: string, type: ColumnType, op: '$in' | '$nin', value: unknown, at: string): Condition {
    if (!Array.isArray(value)) throw wrongType('array', `${at}.${op}`, value)
    if (type === 'json') throw new Problem('invalid_data', `The operator ${op} cannot be used on ${at}: it is JSON`)
    const values = value.filter((item) => item !== null)
    const condition: Condition = { field, op, value: this.#addValue(values.map((item) => valueFor(type, item, at))) }
    if (values.length === value.length) return condition
    return op === '$in' ? { any: [condition, { field, isNull: true }] } : { all: [condition, { field, isNull: false }] }
  }

  /** @returns the number of the value. */
  #addValue(value: unknown): number {
    return this.values.push(value) - 1
  }
}

/** The type of a visible column or an SQL field; undefined for other fields, which cannot be compared. */
export function typeOf(entity: Entity, name: string): ColumnType | undefined {
  const column = Object.hasOwn(entity.model.columns, name) ? entity.model.columns[name] : undefined
  if (column) return isVisible(column) ? column.type : undefined
  return sqlFieldOf(entity, name)?.type
}

export function unknownColumn(entity: Entity, path: string): Problem {
  return new Problem('invalid_data', `column ${entity.name}.${path.split('.').at(-1)} does not exist`)
}

function withKey(condition: Condition, key: number): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => withKey(part, key)) }
  if ('any' in condition) return { any: condition.any.map((part) => withKey(part, key)) }
  return 'field' in condition ? { ...condition, key } : condition
}

function asFilters(value: unknown, at: string): Filters {
  if (isObject(value)) return value
  throw wrongType('object', at, value)
}

function isObject(value: unknown): value is Filters {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
