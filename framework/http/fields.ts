/** Common fields of bodies. */
import { z } from '@hono/zod-openapi'
import { instantOf } from '../instant.ts'

const HANDLE = /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u

/** Words of letters and digits, joined by single dashes (`docs/http-api.md`, Handles). */
export const handle = () =>
  z.string().max(255).regex(HANDLE, 'It must contain URL safe characters').openapi({ pattern: HANDLE.source })

/** Any JSON object that the shop stores with a row. */
export const metadata = () => z.record(z.string(), z.unknown()).nullable()

/** `true` or `false`, also as a text. */
export const flag = () => z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])

/** The timestamps of a row. */
export const times = () => ({
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  deleted_at: z.iso.datetime().nullable(),
})

/** A date, or a date with a time, of ISO 8601. */
export const date = () =>
  z
    .string()
    .refine((text) => instantOf(text) !== undefined, { params: { expected: 'date' } })
    .transform((text) => instantOf(text)!)
    .openapi({ format: 'date-time' })

const MAX_BATCH = 1000

/** An optional list of at most 1,000 items. */
export const some = <T extends z.ZodType>(one: T) => z.array(one).max(MAX_BATCH).optional()

/** Data for hooks, which is not stored. */
export const additionalData = () => z.record(z.string(), z.unknown()).nullish()
