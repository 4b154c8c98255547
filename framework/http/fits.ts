/** Types that compare a request's body with a workflow's input, so that a mismatch does not compile. */

/** The parameter names of a path: `id` in `/admin/products/{id}`. */
export type ParamName<P extends string> = string extends P
  ? string
  : P extends `${string}{${infer Name}}${infer Rest}`
    ? Name | ParamName<Rest>
    : never

export type ParamsOf<P extends string> = Record<ParamName<P>, string>

/**
 * `unknown` if a workflow accepts `Body` as a row, else a type that names the wrong fields: `{ body_does_not_fit: 'nmae' }`.
 *
 * @example workflow: W & Fits<W, z.output<B> & { id: string }>
 */
export type Fits<W, Body> = W extends (input: infer Input) => unknown ? Unfit<Body, RowOf<Input>> : never

/** `unknown` if `Taken` has every key of `Given`, which TypeScript checks only for literals. */
export type Exact<Given, Taken> = [Excess<Given, Taken>] extends [never]
  ? unknown
  : { input_does_not_fit: Excess<Given, Taken> }

/** A row of `{ brands: Row[], additional_data? }`, for any name of the list; a body has `additional_data` beside its fields. */
type RowOf<Input> = unknown extends Input
  ? Input
  : ElementOf<Input[Exclude<keyof Input, DataKey>]> & Pick<Input, DataKey & keyof Input>
type DataKey = 'additional_data'

type Unfit<Given, Taken> = [Given] extends [Taken]
  ? [Excess<Given, Taken>] extends [never]
    ? unknown
    : { body_does_not_fit: Excess<Given, Taken> }
  : { body_does_not_fit: NamesOr<'the whole', Excess<Given, Taken> | Mismatch<Given, Taken>> }

type NamesOr<Default, Names> = [Names] extends [never] ? Default : Names

/** The paths of keys that `Taken` lacks, such as `prices.amuont`. */
type Excess<Given, Taken> = unknown extends Given | Taken
  ? never
  : Given extends readonly (infer One)[]
    ? Excess<One, ElementOf<Taken>>
    : Given extends object
      ? {
          [K in keyof Given & string]-?: K extends KeyOf<Taken> ? Under<K, Excess<Given[K], ValueOf<Taken, K>>> : K
        }[keyof Given & string]
      : never

type Under<K extends string, Path> = Path extends string ? `${K}.${Path}` : never

/** The keys that are missing or have values of another type. */
type Mismatch<Given, Taken> = {
  [K in keyof Taken & string]-?: Pick<Given, K & keyof Given> extends Pick<Taken, K> ? never : K
}[keyof Taken & string]

/** For unions: the keys and values of any member. */
type KeyOf<T> = T extends object ? keyof T : never
type ValueOf<T, K> = T extends object ? (K extends keyof T ? T[K] : never) : never
type ElementOf<T> = T extends readonly (infer One)[] ? One : never
