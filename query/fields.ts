/** The language of `fields`: chooses the paths that an answer shows, from the route's defaults and the caller's `fields`. Pure. */
import { Problem } from '../framework/problem.ts'
import type { FieldsConfig } from '../framework/query.ts'

/** Paths such as `title`, `variants.sku`, `variants.*` (all own fields of the relation) and `*` (all own fields of the entity). */
export interface ChosenFields {
  include: string[]
  /** Removed from the fields of a star, with everything below. */
  exclude: string[]
  /** The paths that our own code names, which must exist. Unknown fields of callers are ignored. */
  own: string[]
}

const MAX_FIELDS = 300
const MAX_DEPTH = 8
const EDITS = /^[+\-* ]/
const STAR = /(^|\.)\*$/

/**
 * A list of edits only (`+a`, `-a`, `*relation`, `relation.*`) changes the defaults; any other list replaces them
 * (`docs/http-api.md`, Fields).
 *
 * @throws Problem `invalid_data` if a field is too many relations deep, or there are too many fields.
 */
export function chooseFields(fields: string | undefined, config: FieldsConfig): ChosenFields {
  const defaults = config.defaults.map(plainField)
  if (fields === undefined) return { include: defaults, exclude: [], own: defaults }
  const entries = fields.split(',').filter((entry) => entry.trim() !== '')
  if (entries.length > MAX_FIELDS) {
    throw new Problem('invalid_data', `The fields are too many: ${entries.length}, at most ${MAX_FIELDS}`)
  }
  const isEdit = entries.length > 0 && entries.every((entry) => EDITS.test(entry) || entry.endsWith('.*'))
  const minus = entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1).trim())
  // In a list that replaces, a minus is ignored. The id is never removed.
  const removed = isEdit ? minus.filter((path) => path !== 'id') : []
  const requested = entries
    .filter((entry) => !isEdit || !entry.startsWith('-'))
    .map((entry) => plainField(isEdit ? entry : entry.replace(/^-/, '')))
  const added = requested.filter((path) => isAllowed(path, config))
  refuseDeep(added, config)
  const kept = isEdit ? defaults.filter((path) => !isUnderAny(path, removed)) : []
  const include = [...new Set([...kept, ...added, 'id'])]
  return { include, exclude: removed.filter((path) => !added.some((other) => isUnder(other, path))), own: kept }
}

/** @throws Problem `invalid_data` if the route does not allow this order. */
export function refuseOrder(order: string, { allowed }: FieldsConfig): void {
  const field = order.replace(/^-/, '')
  if (allowed && !allowed.map(plainField).includes(field)) throw orderRefused(field)
}

export function orderRefused(field: string): Problem {
  return new Problem('invalid_data', `Order field ${field} is not valid`)
}

/** Converts `+a` and ` a` to `a`, and `*a` to `a.*`. */
export function plainField(entry: string): string {
  const path = entry.replace(/^[+ ]/, '').trim()
  if (!path.startsWith('*')) return path
  const name = path.slice(1)
  return name === '' || name.endsWith('.*') ? name || '*' : `${name}.*`
}

function isAllowed(path: string, { allowed, disallowed = [], restricted = [] }: FieldsConfig): boolean {
  const segments = path.toLowerCase().split('.')
  const closed = [...disallowed, ...(allowed ? [] : restricted)]
  if (closed.some((segment) => segments.includes(segment.toLowerCase()))) return false
  if (!allowed) return true
  return allowed.some((name) => name === path || plainField(name) === path || name === path.replace(STAR, ''))
}

function refuseDeep(paths: string[], { maxRelations = Number.POSITIVE_INFINITY }: FieldsConfig): void {
  const deep = paths.filter((path) => depthOf(path) > maxRelations)
  if (deep.length > 0) {
    throw new Problem(
      'invalid_data',
      `The following fields expand more than the maximum of ${maxRelations} allowed relations: ${deep.join(', ')}`,
    )
  }
  const deepest = paths.find((path) => depthOf(path) > MAX_DEPTH)
  if (deepest) throw new Problem('invalid_data', `The field ${deepest} is more than ${MAX_DEPTH} relations deep`)
}

/** The number of relations in a path: 2 in `a.b.c` and in `a.b.*`. */
function depthOf(path: string): number {
  return path.split('.').length - 1
}

function isUnder(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`)
}

function isUnderAny(path: string, others: string[]): boolean {
  return others.some((other) => isUnder(path, other))
}
