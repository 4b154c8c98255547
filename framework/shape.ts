/** `shape`: what code asks of the query layer, said once: the paths of its fields, and the type of its rows. Free of Node. */
import type { Answer, Registry, Valid } from './entity-types.ts'

/** What is asked of each row of an entity; `T` is such a row. */
export interface Shape<T = unknown> {
  readonly entity: string
  /** Paths in the language of `fields`. */
  readonly fields: readonly string[]
  /** Only for the types: none is made but by `shape`, which checks it. */
  readonly [row]: T
}

declare const row: unique symbol

/**
 * A row of a shape.
 *
 * @example
 * const ProductToDelete = shape('product', { id: true, variants: [{ id: true }] })
 * type ProductToDelete = ShapeOf<typeof ProductToDelete>
 */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never

/** Declares shapes of the entities of `R`. */
export type ShapeMaker<R extends Registry> = <const E extends keyof R & string, const F>(
  entity: E,
  fields: F & Valid<R, E, F>,
) => Shape<Answer<R, E, F>>

/**
 * `shape` for some entities: those of the core, and a project's own. A name that there is not does not compile.
 *
 * @example
 * export const shape = shapesOf<CoreEntities & EntitiesOf<typeof modules, typeof links>>()
 *
 * export const ProductWithNotes = shape('product', { '*': true, notes: [{ id: true, text: true }], type: { value: true } })
 */
export function shapesOf<R extends Registry>(): ShapeMaker<R> {
  return (entity, fields) => ({ entity, fields: pathsOf(entity, fields as Asked) }) as unknown as Shape<never>
}

/** `'*'` are all fields of the entity's own; what there can be many of stands in brackets. */
export interface Asked {
  readonly [name: string]: true | Asked | readonly [Asked]
}

/** @throws where nothing is asked for. */
export function pathsOf(at: string, asked: Asked): string[] {
  const paths = Object.entries(asked).flatMap(([name, inside]) =>
    inside === true
      ? [name]
      : pathsOf(`${at}.${name}`, isMany(inside) ? inside[0] : inside).map((path) => `${name}.${path}`),
  )
  if (paths.length === 0) throw new Error(`The shape of ${at} asks for nothing`)
  return paths
}

const isMany = (inside: Asked | readonly [Asked]): inside is readonly [Asked] => Array.isArray(inside)
