/** Values that a schema of the OpenAPI document allows, and values that nobody should send. */
import fc from 'fast-check'

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  minLength?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  default?: unknown
}

export type Components = Record<string, Schema>

const MAX_DEPTH = 6
const WORDS = ['a', 'red-shirt', 'x-1', 'eur', 'dk', '12']

/** What passes, as far as the document says. */
export function valid(schema: Schema, components: Components, depth = 0): fc.Arbitrary<unknown> {
  const of = (one: Schema) => valid(one, components, depth + 1)
  if (schema.$ref) return of(components[schema.$ref.split('/').at(-1)!]!)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  const branches = schema.anyOf ?? schema.oneOf
  if (branches) return fc.oneof(...branches.map(of))
  const types = [schema.type ?? []].flat()
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 })
  return fc.oneof(...types.map((type) => ofType(type, schema, of, depth)))
}

function ofType(
  type: string,
  schema: Schema,
  of: (one: Schema) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer(boundsOf(schema))
    case 'number':
      return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ ...boundsOf(schema), noNaN: true }))
    case 'string':
      return textOf(schema)
    case 'array':
      return fc.array(of(schema.items ?? {}), { maxLength: depth > MAX_DEPTH ? 0 : Math.min(schema.maxItems ?? 3, 3) })
    default:
      return objectOf(schema, of, depth)
  }
}

function boundsOf({ minimum, maximum, exclusiveMinimum }: Schema) {
  const min = minimum ?? (exclusiveMinimum === undefined ? -1e9 : exclusiveMinimum + 1)
  return { min: Math.max(min, -1e9), max: Math.min(maximum ?? 1e9, 1e9) }
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const [min, max] = [new Date('0001-01-01'), new Date('9999-12-31')]
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString())
  }
  if (format === 'email') return fc.emailAddress()
  if (format === 'uri') return fc.webUrl()
  if (pattern) return fc.constantFrom(...WORDS.filter((word) => new RegExp(pattern, 'u').test(word)))
  return fc.string({ minLength, maxLength: Math.min(maxLength, Math.max(minLength, 40)), unit: 'binary' })
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  of: (one: Schema) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  const shown = Object.entries(properties).filter(([name]) => depth < MAX_DEPTH || required.includes(name))
  const named = fc.record(Object.fromEntries(shown.map(([name, one]) => [name, of(one)])), {
    requiredKeys: required,
    noNullPrototype: true,
  } as never)
  if (!additionalProperties || shown.length > 0) return named
  const value = additionalProperties === true ? {} : additionalProperties
  return fc.dictionary(fc.string({ maxLength: 10, unit: 'binary' }), of(value), { maxKeys: 3, noNullPrototype: true })
}

/** Characters that no database holds, numbers without end, what is empty, deep, long, or of another kind. */
const NASTY: unknown[] = [
  ...['\u0000', '\ud800', '', ' ', '../..', '%', '\\', '1e999', '-0', 'NaN', '9999-99-99', '+275760-09-13T00:00:00Z'],
  ...[1e308, -1e308, 5e-324, 1e21, 2 ** 53, 2 ** 31, -1, 0, 0.1 + 0.2, null, true, [], {}, [[]], [null]],
  ...['x'.repeat(20_000), { value: '1e400', precision: 20 }, { $gt: 1 }, { __proto__: null, constructor: 1 }],
  Array.from({ length: 100 }).reduce((inner) => ({ inner }), {}),
]

/** A valid object with something in it that is none of its kind. */
export function spoilt(sound: fc.Arbitrary<unknown>, names: string[]): fc.Arbitrary<unknown> {
  const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.jsonValue({ maxDepth: 2 }))
  if (names.length === 0) return nasty
  const changes = fc.dictionary(fc.constantFrom(...names), nasty, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
  return fc.tuple(sound, changes).map(([whole, changed]) => ({ ...(whole as object), ...changed }))
}

/** Ids, and what is none. */
export const ids = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...known), fc.constantFrom('0', '%00', '%ED%A0%80', '..%2F', 'x'.repeat(3000), '%20'))
