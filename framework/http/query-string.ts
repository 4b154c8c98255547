/** Query strings: brackets, repeated keys, dots (`api/http-semantics.md` 6.3). */
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
 * What a query string says, such as `created_at[$gte]=…&id[]=a&id[]=b&variants.sku=x`.
 *
 * @throws Problem `invalid_data` where it is nested too deep or too long.
 */
export function parseQueryString(text: string): Record<string, unknown> {
  return unfolded(parse(text))
}

function parse(text: string): Record<string, unknown> {
  try {
    return qs.parse(text, { ...LIMITS, ignoreQueryPrefix: true, plainObjects: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Problem('invalid_data', `The query string is too large: ${error.message}`)
  }
}

/** `a.b=1` as `{ a: { b: 1 } }`; a list of one is split at its commas. */
function unfolded(parsed: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(parsed)) {
    const path = name.split('.')
    if (path.length > MAX_LEVELS) {
      throw new Problem('invalid_data', `Key accessor more than ${MAX_LEVELS} levels deep: ${name}`)
    }
    const [first, second] = path as [string, string?]
    const said = tidied(second === undefined ? value : { [second]: value })
    const both = objectOf(said) && objectOf(whole[first])
    whole[first] = both ? Object.assign(Object.create(null), whole[first], said) : said
  }
  return whole
}

function tidied(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [only] = value
    return value.length === 1 && typeof only === 'string' ? only.split(',') : value.map(tidied)
  }
  const object = objectOf(value)
  if (!object) return value
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(object).map(([key, one]) => [key, tidied(one)])),
  )
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}
