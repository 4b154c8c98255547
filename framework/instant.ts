/** Points in time as callers say them. */
import { z } from 'zod'

const Iso = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })])
const ZONED = /(Z|[+-]\d\d:\d\d|^\d{4}-\d\d-\d\d)$/
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/**
 * A date or a date with a time, of ISO 8601; in UTC where it names no zone, whatever the machine's is.
 *
 * @returns it in UTC with milliseconds; undefined where it is none, or none that the database can hold.
 */
export function instantOf(value: unknown): string | undefined {
  if (!Iso.safeParse(value).success) return undefined
  const text = value as string
  const ms = Date.parse(ZONED.test(text) ? text : `${text}Z`)
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined
}
