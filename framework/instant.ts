/** Parses times of requests. */
import { z } from 'zod'

const Iso = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })])
const ZONED = /(Z|[+-]\d\d:\d\d|^\d{4}-\d\d-\d\d)$/
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/**
 * Parses an ISO 8601 date or date-time; default time zone: UTC
 *
 * @returns the time in UTC with milliseconds; undefined if it is invalid or out of Postgres' range.
 */
export function instantOf(value: unknown): string | undefined {
  if (!Iso.safeParse(value).success) return undefined
  const text = value as string
  const ms = Date.parse(ZONED.test(text) ? text : `${text}Z`)
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined
}
