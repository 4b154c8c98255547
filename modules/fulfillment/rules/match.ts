/** Where a zone is, and for whom a shipping option is. */
import type { GeoZone, ShippingOptionRule } from '../models.ts'

/** Where something is to go. */
export interface Address {
  country_code?: string | null
  province?: string | null
  city?: string | null
  postal_code?: string | null
}

type Place = Pick<GeoZone, 'type' | 'country_code' | 'province_code' | 'city' | 'postal_expression'>

/** Whether an address lies in a zone: each kind of zone asks for what it names, and for all that is larger. */
export function isInGeoZone(address: Address, zone: Place): boolean {
  if (!isSame(address.country_code, zone.country_code)) return false
  if (zone.type === 'country') return true
  if (!isSame(address.province, zone.province_code)) return false
  if (zone.type === 'province') return true
  if (!isSame(address.city, zone.city)) return false
  return zone.type === 'city' || isAmongCodes(address.postal_code, zone.postal_expression)
}

function isSame(given: string | null | undefined, wanted: string | null): boolean {
  return given != null && wanted !== null && folded(given) === folded(wanted)
}

const folded = (text: string) => text.trim().toLowerCase()

/**
 * `{ type: 'in', values: ['10115', '101*'] }`: one of the codes, or what begins like it.
 * `{ type: 'range', values: ['10115', '10999'] }`: from one to another of as many characters, both included.
 * Any other expression is of no code.
 */
function isAmongCodes(given: string | null | undefined, expression: GeoZone['postal_expression']): boolean {
  if (given == null || !expression) return false
  const code = withoutSpaces(given)
  const { type, values } = expression
  if (!Array.isArray(values)) return false
  const codes = values.map((value) => withoutSpaces(String(value)))
  if (type === 'in') return codes.some((one) => (one.endsWith('*') ? code.startsWith(one.slice(0, -1)) : code === one))
  const [from, to] = codes
  if (type !== 'range' || from === undefined || to === undefined) return false
  return code.length === from.length && from.length === to.length && from <= code && code <= to
}

const withoutSpaces = (code: string) => code.toLowerCase().replace(/\s/g, '')

export type Rule = Pick<ShippingOptionRule, 'attribute' | 'operator' | 'value'>

/**
 * Whether all rules hold of what is known, such as `{ is_return: 'false', customer: { groups: [{ id }] } }`. An attribute is a path
 * in it; where that leads to several values, one of them has to fit, and for `ne` and `nin` none may.
 */
export function rulesHold(rules: readonly Rule[], known: Readonly<Record<string, unknown>>): boolean {
  return rules.every((rule) => holds(rule, valuesAt(known, rule.attribute.split('.'))))
}

function holds({ operator, value }: Rule, found: string[]): boolean {
  const wanted = (Array.isArray(value) ? value : [value]).map(String)
  switch (operator) {
    case 'eq':
    case 'in':
      return found.some((one) => wanted.includes(one))
    case 'ne':
    case 'nin':
      return !found.some((one) => wanted.includes(one))
    default:
      return found.some((one) => wanted.every((limit) => isOrdered(operator, one, limit)))
  }
}

/** As numbers where both are, else as texts; so dates in ISO 8601 are compared as well. */
function isOrdered(operator: 'gt' | 'gte' | 'lt' | 'lte', a: string, b: string): boolean {
  const [left, right] = [Number(a), Number(b)]
  const isNumeric = a.trim() !== '' && b.trim() !== '' && !Number.isNaN(left) && !Number.isNaN(right)
  const order = isNumeric ? left - right : a < b ? -1 : Number(a > b)
  if (order === 0) return operator === 'gte' || operator === 'lte'
  return order > 0 === operator.startsWith('g')
}

/** The values that a path leads to, through objects and lists. */
function valuesAt(value: unknown, path: string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path))
  if (value === null || value === undefined) return []
  const [first, ...rest] = path
  if (first === undefined) return typeof value === 'object' ? [] : [String(value)]
  if (typeof value !== 'object') return []
  const fields = value as Record<string, unknown>
  const whole = path.join('.')
  if (Object.hasOwn(fields, whole)) return valuesAt(fields[whole], [])
  return Object.hasOwn(fields, first) ? valuesAt(fields[first], rest) : []
}
