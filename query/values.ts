/** What a caller compares with, as the type of the column wants it. */
import { instantOf } from '../framework/instant.ts'
import type { ColumnType } from '../framework/model/model.ts'
import { Problem } from '../framework/problem.ts'

/** The names of the types as refusals say them. */
const NAMES: Record<ColumnType, string> = {
  text: 'string',
  integer: 'number',
  double: 'number',
  numeric: 'number',
  boolean: 'boolean',
  json: 'object',
  timestamptz: 'date',
}

/** @throws Problem `invalid_data` where the value is none of the type. */
export function valueFor(type: ColumnType, value: unknown, path: string): unknown {
  const made = value === null ? null : MAKE[type](value)
  if (made === undefined) throw wrongType(NAMES[type], path, value)
  return made
}

const MAKE: Record<ColumnType, (value: unknown) => unknown> = {
  text: (value) => (typeof value === 'object' ? undefined : String(value)),
  integer: (value) => {
    const number = typeof value === 'string' && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value
    return Number.isSafeInteger(number) ? number : undefined
  },
  double: (value) => MAKE.numeric(value),
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
