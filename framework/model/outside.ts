/** Entities that live outside our database, such as the page of a CMS. */

export interface OutsideRequest<O = unknown> {
  /** Each once; at least one. */
  ids: string[]
  /** What the answer will show, always with `id`. */
  fields: string[]
  /** Of the module that declares the entity. */
  options: O
  /** Aborts when the reader cannot wait any longer. */
  signal: AbortSignal
}

/** Declared with its module; reached by a stored id or a link, and fetched in one batch for a whole answer. `R` is one of them. */
export interface OutsideEntity<O = unknown, R = unknown> {
  /** All that can be asked for. */
  readonly fields: readonly string[]
  /** Those that there are, each with its `id`; a missing one is simply left out. */
  fetch(request: OutsideRequest<O>): Promise<Record<string, unknown>[]>
  /** Only for the types. */
  readonly _?: R
}
