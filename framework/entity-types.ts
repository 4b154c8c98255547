/** The entities of modules and links as types: their fields, and the types of the query layer's answers. */
import type { Computed } from './model/computed.ts'
import type { Column, Columns, Model, timestamps } from './model/model.ts'
import type { OutsideEntity } from './model/outside.ts'
import type { Relation } from './model/relations.ts'

/** The fields of an entity. `&` merges two, by which links and projects extend the entities of others. */
export interface EntityType {
  /** The fields that `*` stands for. */
  readonly own: object
  readonly computed: object
  readonly relations: object
}

/** Entities by name. */
export type Registry = Record<string, EntityType>

/**
 * The entities that modules and links declare, and the fields that links add to entities of others.
 *
 * @example type Mine = EntitiesOf<readonly [typeof note], readonly [typeof productNote]>
 */
export type EntitiesOf<M extends readonly unknown[], L extends readonly unknown[] = readonly []> = ModelEntities<
  M[number]
> &
  OutsideEntities<M[number]> &
  LinkEntities<L[number]>

/** A relation to rows of an entity. */
export interface RelationTo<T, Many> {
  to: T
  many: Many
}

/** A relation along a path of relations: `brands_link.brand`. */
export interface RelationPath<P> {
  along: P
}

interface Named<N, T> {
  name: N
  model: T
}

type ModelEntities<M> = {
  [X in NamedModel<M> as X['name']]: EntityOfModel<X['model']>
}

/** Each model under the name of its table, and under `<module>.<table>`. */
type NamedModel<M> = M extends { name: infer N extends string; models: infer A }
  ? string extends keyof A
    ? never
    : { [K in keyof A]: A[K] extends { table: infer T extends string } ? Named<T | `${N}.${T}`, A[K]> : never }[keyof A]
  : never

type EntityOfModel<M> =
  M extends Model<infer C, string, infer R, infer X>
    ? {
        own: Shown<C>
        computed: { [K in keyof X]: ComputedValue<X[K]> }
        relations: { [K in keyof R]: RelationTarget<R[K]> }
      }
    : never

type ComputedValue<X> = X extends Computed<infer T> ? T : unknown
type RelationTarget<R> =
  R extends Relation<infer K, infer T> ? RelationTo<T, K extends 'hasMany' | 'manyToMany' ? true : false> : never

/** Columns as answers show them. */
type Shown<C extends Columns> = {
  [K in keyof C as C[K] extends Never ? never : K]: C[K] extends Column<infer T, boolean, boolean, infer A>
    ? A extends 'plain'
      ? T
      : number | Extract<T, null>
    : never
} & {
  [K in keyof C & string as C[K] extends Big ? `raw_${K}` : never]: C[K] extends Column<infer T>
    ? RawNumber | Extract<T, null>
    : never
}

type Never = Column<unknown, boolean, boolean, 'never'>
type Big = Column<unknown, boolean, boolean, 'big'>

/** An exact decimal in an answer. */
export interface RawNumber {
  value: string
  precision: number
}

type OutsideEntities<M> = {
  [X in NamedOutside<M> as X['name']]: { own: X['model']; computed: object; relations: object }
}
type NamedOutside<M> = M extends { outside: infer A }
  ? string extends keyof A
    ? never
    : { [K in keyof A & string]: A[K] extends OutsideEntity<never, infer R> ? Named<K, R> : never }[keyof A & string]
  : never

type LinkEntities<L> = {
  [E in LinkTables<L> as E['name']]: { own: E['model']; computed: object; relations: object }
} & {
  [E in Edges<L>['from']]: {
    own: object
    computed: { [X in Extract<Extras<L>, { from: E }> as X['name']]: X['type'] }
    relations: { [X in Extract<Edges<L>, { from: E }> as X['name']]: X['way'] }
  }
} & {
  [E in Extras<L>['from']]: {
    own: object
    computed: { [X in Extract<Extras<L>, { from: E }> as X['name']]: X['type'] }
    relations: object
  }
}

/** A relation (`Edge`) or a computed field (`Extra`) that a link adds to an entity. */
interface Edge<E extends string, N extends string, W> {
  from: E
  name: N
  way: W
}
interface Extra<E extends string, N extends string, T> {
  from: E
  name: N
  type: T
}

type DeclarationOf<L> = L extends { readonly _?: infer D } ? NonNullable<D> : never

type Edges<L> = EdgesOf<DeclarationOf<L>>
type EdgesOf<D> = D extends {
  kind: 'readonly'
  from: infer E extends string
  as: infer N extends string
  to: infer T extends string
}
  ? Edge<E, N, RelationTo<T, Flag<D, 'many'>>> | (D extends { back: infer B } ? Back<B, E, T> : never)
  : D extends { name: infer N extends string; left: infer A; right: infer B }
    ? Side<N, A, Flag<B, 'many'>> | Side<N, B, Flag<A, 'many'>>
    : never

type Back<B, E extends string, T extends string> = B extends { as: infer N extends string }
  ? Edge<T, N, RelationTo<E, Flag<B, 'many'>>>
  : never

/** The relations of a side of a link: the entity's to the link, and the link's to the entity. */
type Side<L extends string, S, Many> = S extends { entity: infer E extends string }
  ?
      | Edge<E, Text<S, 'via', `${L}_link`>, RelationTo<L, Many>>
      | Edge<L, Text<S, 'as', TableOf<E>>, RelationTo<E, false>>
      | Edge<`link.${L}`, Text<S, 'as', TableOf<E>>, RelationTo<E, false>>
      | (S extends { aliases: infer A }
          ? { [K in keyof A & string]: Edge<E, K, RelationPath<A[K]>> }[keyof A & string]
          : never)
  : never

type Extras<L> = ExtrasOf<DeclarationOf<L>>
type ExtrasOf<D> = D extends { kind: 'extension'; entity: infer E extends string; computed: infer C }
  ? { [K in keyof C & string]: Extra<E, K, ComputedValue<C[K]>> }[keyof C & string]
  : never

type LinkTables<L> = LinkTableOf<DeclarationOf<L>>
type LinkTableOf<D> = D extends { name: infer N extends string; left: infer A; right: infer B }
  ? Named<N | `link.${N}`, LinkRow<A, B, D extends { columns: infer C extends Columns } ? C : Record<never, never>>>
  : never
type LinkRow<A, B, C extends Columns> = Shown<C & ReturnType<typeof timestamps>> & {
  [K in 'id' | ColumnOf<A> | ColumnOf<B>]: string
}
type ColumnOf<S> = S extends { entity: infer E extends string } ? Text<S, 'column', `${TableOf<E>}_id`> : never

type Flag<D, K extends string> = D extends { readonly [N in K]: true } ? true : false
type Text<D, K extends string, Default extends string> = D extends { readonly [N in K]: infer V extends string }
  ? V
  : Default
type TableOf<E extends string> = E extends `${string}.${infer T}` ? T : E

type Fields<R extends Registry, E extends keyof R> = R[E]['own'] & R[E]['computed']

/** The target of a relation, and whether it has many rows. */
type Way<R extends Registry, E extends keyof R, W> = W extends RelationPath<infer P> ? Walk<R, E, P, false> : W
type Walk<R extends Registry, E extends keyof R, P, Many> = P extends `${infer First}.${infer Rest}`
  ? Step<R, E, First> extends RelationTo<infer T extends keyof R, infer M>
    ? Walk<R, T, Rest, M extends true ? true : Many>
    : never
  : Step<R, E, P> extends RelationTo<infer T, infer M>
    ? RelationTo<T, M extends true ? true : Many>
    : never
type Step<R extends Registry, E extends keyof R, N> = N extends keyof R[E]['relations']
  ? Way<R, E, R[E]['relations'][N]>
  : undefined

/** The valid fields of a shape: `true` for a field, fields for a relation, in brackets for a relation to many. */
export type Valid<R extends Registry, E extends keyof R, F> = {
  readonly [K in keyof F]: K extends '*' | keyof Fields<R, E>
    ? true
    : Step<R, E, K> extends RelationTo<infer T extends keyof R, infer Many>
      ? Many extends true
        ? readonly [Valid<R, T, Inside<F[K]>>]
        : Valid<R, T, F[K]>
      : NoSuchField<`${E & string}.${K & string}`>
}

/** Names the wrong field in the compiler's message. */
interface NoSuchField<P> {
  readonly noSuchField: P
}

type Inside<F> = F extends readonly [infer I] ? I : Record<never, never>

/** The type of a row of a shape. */
export type Answer<R extends Registry, E extends keyof R, F> = Flatten<
  ('*' extends keyof F ? R[E]['own'] : unknown) & {
    -readonly [K in Exclude<keyof F, '*'>]: K extends keyof Fields<R, E>
      ? Fields<R, E>[K]
      : Step<R, E, K> extends RelationTo<infer T extends keyof R, infer Many>
        ? Many extends true
          ? Answer<R, T, Inside<F[K]>>[]
          : Answer<R, T, F[K]> | null
        : never
  }
>

type Flatten<T> = { [K in keyof T]: T[K] }
