/** The language of `fields`: which paths an answer shows, from what the route gives and what the caller asks. Pure. */
import { Problem } from '../framework/problem.ts'
import type { FieldsConfig } from '../framework/query.ts'

/** Paths such as `title`, `variants.sku`, `variants.*` (all own columns of the relation) and `*` (those of the entity). */
export interface Chosen {
  include: string[]
  /** Left out of what a star brings, with everything under it. */
  exclude: string[]
  /** Those that our own code names: one that the model lacks is a mistake. What callers name and there is not is passed over. */
  own: string[]
}

const MAX_FIELDS = 300
const MAX_DEPTH = 8
const EDITS = /^[+\-* ]/
const STAR = /(^|\.)\*$/

/**
 * A list that only edits (`+a`, `-a`, `*relation`, `relation.*`) changes the defaults, any other replaces them.
 *
 * @throws Problem `invalid_data` where a field is too many relations deep, or there are too many.
 */
export function chooseFields(fields: string | undefined, config: FieldsConfig): Chosen {
  const defaults = config.defaults.map(plainField)
  if (fields === undefined) return { include: defaults, exclude: [], own: defaults }
  const entries = fields.split(',').filter((entry) => entry.trim() !== '')
  if (entries.length > MAX_FIELDS) {
    throw new Problem('invalid_data', `The fields are too many: ${entries.length}, at most ${MAX_FIELDS}`)
  }
  const isEdit = entries.length > 0 && entries.every((entry) => EDITS.test(entry) || entry.endsWith('.*'))
  const minus = entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1).trim())
  // of a list that replaces, a field with a minus is one like any other; the id stays in any case
  const removed = isEdit ? minus.filter((path) => path !== 'id') : []
  const asked = entries
    .filter((entry) => !isEdit || !entry.startsWith('-'))
    .map((entry) => plainField(isEdit ? entry : entry.replace(/^-/, '')))
  const added = asked.filter((path) => isOpen(path, config))
  refuseDeep(added, config)
  const kept = isEdit ? defaults.filter((path) => !isUnderAny(path, removed)) : []
  const include = [...new Set([...kept, ...added, 'id'])]
  return { include, exclude: removed.filter((path) => !added.some((other) => isUnder(other, path))), own: kept }
}

/** @throws Problem `invalid_data` where the route does not allow this order. */
export function refuseOrder(order: string, { allowed }: FieldsConfig): void {
  const field = order.replace(/^-/, '')
  if (allowed && !allowed.map(plainField).includes(field)) throw orderRefused(field)
}

export function orderRefused(field: string): Problem {
  return new Problem('invalid_data', `Order field ${field} is not valid`)
}

/** `+a` and ` a` as `a`, `*a` as `a.*`. */
export function plainField(entry: string): string {
  const path = entry.replace(/^[+ ]/, '').trim()
  if (!path.startsWith('*')) return path
  const name = path.slice(1)
  return name === '' || name.endsWith('.*') ? name || '*' : `${name}.*`
}

function isOpen(path: string, { allowed, disallowed = [], restricted = [] }: FieldsConfig): boolean {
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

/** How many relations a path goes through: 2 of `a.b.c`, and of `a.b.*`. */
function depthOf(path: string): number {
  return path.split('.').length - 1
}

function isUnder(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`)
}

function isUnderAny(path: string, others: string[]): boolean {
  return others.some((other) => isUnder(path, other))
}
