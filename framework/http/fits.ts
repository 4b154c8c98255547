/** Types that compare what a request brings with what a workflow takes: what does not fit does not compile. */

/** The names in a path: `id` of `/admin/products/{id}`. */
export type ParamName<P extends string> = string extends P
  ? string
  : P extends `${string}{${infer Name}}${infer Rest}`
    ? Name | ParamName<Rest>
    : never

export type ParamsOf<P extends string> = Record<ParamName<P>, string>

/**
 * Nothing where a workflow can be given `Body` as a row, else an error that names the fields: `{ body_does_not_fit: 'nmae' }`.
 *
 * @example workflow: W & Fits<W, z.output<B> & { id: string }>
 */
export type Fits<W, Body> = W extends (input: infer Input) => unknown ? Unfit<Body, RowOf<Input>> : never

/** Nothing where `Taken` has a place for every key of `Given`, which TypeScript checks of literals only. */
export type Exact<Given, Taken> = [Excess<Given, Taken>] extends [never]
  ? unknown
  : { input_does_not_fit: Excess<Given, Taken> }

/** A row of `{ brands: Row[], additional_data? }`, whatever rows are called; `additional_data` is in the body beside its fields. */
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

/** Paths of the keys that `Taken` has no place for, such as `prices.amuont`. */
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

/** The keys whose values are of another type, or that are missing. */
type Mismatch<Given, Taken> = {
  [K in keyof Taken & string]-?: Pick<Given, K & keyof Given> extends Pick<Taken, K> ? never : K
}[keyof Taken & string]

/** Of unions: what any of their members has. */
type KeyOf<T> = T extends object ? keyof T : never
type ValueOf<T, K> = T extends object ? (K extends keyof T ? T[K] : never) : never
type ElementOf<T> = T extends readonly (infer One)[] ? One : never
