/** Fields that many bodies have. */
import { z } from '@hono/zod-openapi'

const HANDLE = /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u

/** Words of letters and digits, joined by single dashes (`api/http-semantics.md` 7). */
export const handle = () =>
  z.string().max(255).regex(HANDLE, 'It must contain URL safe characters').openapi({ pattern: HANDLE.source })

/** Whatever the shop wants to keep with a row. */
export const metadata = () => z.record(z.string(), z.unknown()).nullable()

/** `true` or `false`, also as a text. */
export const flag = () => z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])

/** When a row was made, changed and deleted. */
export const times = () => ({
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  deleted_at: z.iso.datetime().nullable(),
})

const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/** A point in time as people send it: anything of ISO 8601 that the database can hold. */
export const date = () =>
  z
    .string()
    .refine((text) => Date.parse(text) >= FIRST_MS && Date.parse(text) <= LAST_MS, { params: { expected: 'date' } })
    .transform((text) => new Date(text).toISOString())
    .openapi({ format: 'date-time' })

const MAX_BATCH = 1000

/** As many of them as one request may bring, or none. */
export const some = <T extends z.ZodType>(one: T) => z.array(one).max(MAX_BATCH).optional()

/** What is given along for hooks, and not stored. */
export const additionalData = () => z.record(z.string(), z.unknown()).nullish()
