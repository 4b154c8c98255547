/** Whether an address is in a geo zone, and whether the rules of a shipping option match. */
import type { GeoZone, ShippingOptionRule } from '../models.ts'

/** A shipping address. */
export interface Address {
  country_code?: string | null
  province?: string | null
  city?: string | null
  postal_code?: string | null
}

type Place = Pick<GeoZone, 'type' | 'country_code' | 'province_code' | 'city' | 'postal_expression'>

/** Whether an address is in a zone. A zone matches by its own level and all above: a city also by province and country. */
export function isInGeoZone(address: Address, zone: Place): boolean {
  if (!isSame(address.country_code, zone.country_code)) return false
  if (zone.type === 'country') return true
  if (!isSame(address.province, zone.province_code)) return false
  if (zone.type === 'province') return true
  if (!isSame(address.city, zone.city)) return false
  return zone.type === 'city' || matchesPostalCode(address.postal_code, zone.postal_expression)
}

function isSame(a: string | null | undefined, b: string | null): boolean {
  return a != null && b !== null && normalised(a) === normalised(b)
}

const normalised = (text: string) => text.trim().toLowerCase()

/**
 * `{ type: 'in', values: ['10115', '101*'] }`: these codes, or all codes with a prefix.
 * `{ type: 'range', values: ['10115', '10999'] }`: all codes of the same length from one to the other, inclusive.
 * Other expressions match no code.
 */
function matchesPostalCode(postalCode: string | null | undefined, expression: GeoZone['postal_expression']): boolean {
  if (postalCode == null || !expression) return false
  const code = withoutSpaces(postalCode)
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
 * Whether all rules match a context such as `{ is_return: 'false', customer: { groups: [{ id }] } }`. An attribute is a path in the
 * context. If the path has several values, one of them must match; for `ne` and `nin`, none may.
 */
export function matchesRules(rules: readonly Rule[], context: Readonly<Record<string, unknown>>): boolean {
  return rules.every((rule) => matchesRule(rule, valuesAt(context, rule.attribute.split('.'))))
}

function matchesRule({ operator, value }: Rule, values: string[]): boolean {
  const expected = (Array.isArray(value) ? value : [value]).map(String)
  switch (operator) {
    case 'eq':
    case 'in':
      return values.some((one) => expected.includes(one))
    case 'ne':
    case 'nin':
      return !values.some((one) => expected.includes(one))
    default:
      return values.some((one) => expected.every((limit) => isOrdered(operator, one, limit)))
  }
}

/** Compares as numbers if both are, otherwise as text, which also orders ISO 8601 dates. */
function isOrdered(operator: 'gt' | 'gte' | 'lt' | 'lte', a: string, b: string): boolean {
  const [left, right] = [Number(a), Number(b)]
  const isNumeric = a.trim() !== '' && b.trim() !== '' && !Number.isNaN(left) && !Number.isNaN(right)
  const order = isNumeric ? left - right : a < b ? -1 : Number(a > b)
  if (order === 0) return operator === 'gte' || operator === 'lte'
  return order > 0 === operator.startsWith('g')
}

/** The values at a path through objects and lists. */
function valuesAt(value: unknown, path: string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path))
  if (value === null || value === undefined) return []
  const [first, ...rest] = path
  if (first === undefined) return typeof value === 'object' ? [] : [String(value)]
  if (typeof value !== 'object') return []
  const fields = value as Record<string, unknown>
  const flatKey = path.join('.')
  if (Object.hasOwn(fields, flatKey)) return valuesAt(fields[flatKey], [])
  return Object.hasOwn(fields, first) ? valuesAt(fields[first], rest) : []
}
