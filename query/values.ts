/** Converts filter values to the type of the column. */
import { instantOf } from '../framework/instant.ts'
import type { ColumnType } from '../framework/model/model.ts'
import { Problem } from '../framework/problem.ts'

/** The names of types in error texts. */
const NAMES: Record<ColumnType, string> = {
  text: 'string',
  integer: 'number',
  double: 'number',
  numeric: 'number',
  boolean: 'boolean',
  json: 'object',
  timestamptz: 'date',
}

/** @throws Problem `invalid_data` if the value does not have the type. */
export function valueFor(type: ColumnType, value: unknown, path: string): unknown {
  const converted = value === null ? null : CONVERT[type](value)
  if (converted === undefined) throw wrongType(NAMES[type], path, value)
  return converted
}

/** Return undefined if the value does not have the type. */
const CONVERT: Record<ColumnType, (value: unknown) => unknown> = {
  text: (value) => (typeof value === 'object' ? undefined : String(value)),
  integer: (value) => {
    const number = typeof value === 'string' && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value
    return Number.isSafeInteger(number) ? number : undefined
  },
  double: (value) => CONVERT.numeric(value),
  numeric: (value) => {
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim())
      ? text.trim()
      : undefined
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value
    return value === 'true' ? true : value === 'false' ? false : undefined
  },
  json: (value) => (typeof value === 'object' ? JSON.stringify(value) : undefined),
  timestamptz: instantOf,
}

export function wrongType(expected: string, path: string, got: unknown): Problem {
  const shown = typeof got === 'object' ? JSON.stringify(got) : String(got)
  return new Problem(
    'invalid_data',
    `Invalid request: Expected type: '${expected}' for field '${path.replaceAll('.', ', ')}', got: '${shown}'`,
  )
}
