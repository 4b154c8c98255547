/** Schemas of the filters of a list, declared with its route. */
import { z } from '@hono/zod-openapi'
import type { Filters, FilterValue } from '../query.ts'

const MAX_LIST = 1000
/** The most alternatives in `$or` and `$and`. */
const MAX_PARTS = 100

const operators = <T extends z.ZodType>(one: T) =>
  z
    .strictObject({
      $eq: one,
      $ne: one,
      $in: z.array(one).max(MAX_LIST),
      $nin: z.array(one).max(MAX_LIST),
      $like: z.string(),
      $ilike: z.string(),
      $re: z.string(),
      $contains: z.unknown(),
      $gt: one,
      $gte: one,
      $lt: one,
      $lte: one,
    })
    .partial()

/** One value or several: `id=a`, `id[]=a&id[]=b`. */
export const many = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).max(MAX_LIST)]).optional()

/** One value or several, converted to a list, for routes that do not use the query layer. */
export const oneOrMany = <T extends z.ZodType>(one: T) =>
  z
    .union([one, z.array(one)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional()

/** One value, several, or operators: `title[$ilike]=%shirt%`. */
export const withOperators = <T extends z.ZodType>(one: T) =>
  z.union([one, z.array(one).max(MAX_LIST), operators(one)]).optional()

/** Created once, because hundreds of routes use them. */
const [TEXT, NUMBER] = [withOperators(z.string()), withOperators(z.coerce.number())]
const DATE = withOperators(z.string().meta({ format: 'date-time' }))

/** A text, several, or operators. */
export const text = () => TEXT

/** A number, several, or operators. */
export const number = () => NUMBER

/** A time, ISO 8601, or operators: `created_at[$gte]=2026-01-01`. */
export const date = () => DATE

/** A range of times, for routes that do not use the query layer. */
export const dateRange = () => z.strictObject({ $gte: z.iso.datetime(), $lte: z.iso.datetime() }).partial().optional()

/** `true` or `false`. */
export const flag = () =>
  z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .transform((value) => value === true || value === 'true')
    .optional()

/**
 * `$and` and `$or`: lists of the same filters, nested up to `depth` levels.
 *
 * @param object makes the schema of one alternative; default: unknown keys are refused
 */
export function alternatives(
  shape: z.ZodRawShape,
  depth: number,
  object: (shape: z.ZodRawShape) => z.ZodObject = z.strictObject,
): Record<'$and' | '$or', z.ZodType> {
  const nested: z.ZodRawShape = depth > 0 ? alternatives(shape, depth - 1, object) : {}
  const parts = z
    .array(object({ ...shape, ...nested }).partial())
    .max(MAX_PARTS)
    .optional()
  return { $and: parts, $or: parts }
}

/** Filters of a relation: `variants[sku]=x`, `variants[$or][0][sku]=x`. */
export const related = <S extends z.ZodRawShape>(shape: S) =>
  z
    .object({ ...shape, ...alternatives(shape, 0, z.object) })
    .partial()
    .optional()

/** `text()` filters of these names. */
export const texts = (...names: string[]): z.ZodRawShape => Object.fromEntries(names.map((name) => [name, text()]))

/** An alias for a nullable column: in a query string, the text `null` filters for rows without a value. */
export const nullable =
  (name: string) =>
  (value: FilterValue): Filters => ({ [name]: value === 'null' ? null : value })

/** Filters by the times of creation, change and deletion. */
export const dates = () => ({ created_at: date(), updated_at: date(), deleted_at: date() })
