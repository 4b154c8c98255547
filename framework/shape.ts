/** `shape`: declares a query's fields and the type of its rows in one place. Free of Node. */
import type { Answer, Registry, Valid } from './entity-types.ts'

/** The fields of a query; `T` is the type of a row. */
export interface Shape<T = unknown> {
  readonly entity: string
  /** Paths as in `fields`. */
  readonly fields: readonly string[]
  /** Only for the types: none is made but by `shape`, which checks it. */
  readonly [row]: T
}

declare const row: unique symbol

/**
 * The type of a shape's rows.
 *
 * @example
 * const ProductToDelete = shape('product', { id: true, variants: [{ id: true }] })
 * type ProductToDelete = ShapeOf<typeof ProductToDelete>
 */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never

/** Declares a shape of an entity in `R`. */
export type ShapeMaker<R extends Registry> = <const E extends keyof R & string, const F>(
  entity: E,
  fields: F & Valid<R, E, F>,
) => Shape<Answer<R, E, F>>

/**
 * Creates `shape` for the entities of the core and a project. Unknown names do not compile.
 *
 * @example
 * export const shape = shapesOf<CoreEntities & EntitiesOf<typeof modules, typeof links>>()
 *
 * export const ProductWithNotes = shape('product', { '*': true, notes: [{ id: true, text: true }], type: { value: true } })
 */
export function shapesOf<R extends Registry>(): ShapeMaker<R> {
  return (entity, fields) => ({ entity, fields: pathsOf(entity, fields as ShapeFields) }) as unknown as Shape<never>
}

/** `'*'` are all own fields of the entity; relations to many rows are in brackets. */
export interface ShapeFields {
  readonly [name: string]: true | ShapeFields | readonly [ShapeFields]
}

/** @throws if a shape, or a relation in it, has no fields. */
export function pathsOf(at: string, fields: ShapeFields): string[] {
  const paths = Object.entries(fields).flatMap(([name, inside]) =>
    inside === true
      ? [name]
      : pathsOf(`${at}.${name}`, isMany(inside) ? inside[0] : inside).map((path) => `${name}.${path}`),
  )
  if (paths.length === 0) throw new Error(`The shape of ${at} asks for nothing`)
  return paths
}

const isMany = (inside: ShapeFields | readonly [ShapeFields]): inside is readonly [ShapeFields] => Array.isArray(inside)
