/** Parses query strings: brackets, repeated keys, dots (`docs/http-api.md`, Filters). */
import qs from 'qs'
import { Problem } from '../problem.ts'

const LIMITS = {
  depth: 8,
  strictDepth: true,
  arrayLimit: 1000,
  parameterLimit: 1000,
  throwOnLimitExceeded: true,
}
const MAX_LEVELS = 2

/**
 * Parses a query string such as `created_at[$gte]=…&id[]=a&id[]=b&variants.sku=x`.
 *
 * @throws Problem `invalid_data` if it is nested too deeply or too long.
 */
export function parseQueryString(text: string): Record<string, unknown> {
  return expandDots(parse(text))
}

function parse(text: string): Record<string, unknown> {
  try {
    return qs.parse(text, { ...LIMITS, ignoreQueryPrefix: true, plainObjects: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Problem('invalid_data', `The query string is too large: ${error.message}`)
  }
}

/** Converts `a.b=1` to `{ a: { b: 1 } }`. */
function expandDots(parsed: Record<string, unknown>): Record<string, unknown> {
  const expanded: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(parsed)) {
    const path = name.split('.')
    if (path.length > MAX_LEVELS) {
      throw new Problem('invalid_data', `Key accessor more than ${MAX_LEVELS} levels deep: ${name}`)
    }
    const [first, second] = path as [string, string?]
    const field = splitLists(second === undefined ? value : { [second]: value })
    const areObjects = objectOf(field) && objectOf(expanded[first])
    expanded[first] = areObjects ? Object.assign(Object.create(null), expanded[first], field) : field
  }
  return expanded
}

/** Splits a list with one item at its commas: `id[]=a,b`. */
function splitLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [only] = value
    return value.length === 1 && typeof only === 'string' ? only.split(',') : value.map(splitLists)
  }
  const object = objectOf(value)
  if (!object) return value
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(object).map(([key, item]) => [key, splitLists(item)])),
  )
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}
