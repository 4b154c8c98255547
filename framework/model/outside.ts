/** Entities that live outside our database, such as the page of a CMS. */

export interface OutsideRequest<O = unknown> {
  /** Unique ids, at least one. */
  ids: string[]
  /** The fields that the answer shows, always with `id`. */
  fields: string[]
  /** The options of the module that declares the entity. */
  options: O
  /** Aborts when the read runs into its time limit. */
  signal: AbortSignal
}

/** Declared with its module, related by a stored id or a link, and fetched in one batch per answer. `R` is the type of one entity. */
export interface OutsideEntity<O = unknown, R = unknown> {
  /** All fields. */
  readonly fields: readonly string[]
  /** Returns the entities that exist, each with its `id`. */
  fetch(request: OutsideRequest<O>): Promise<Record<string, unknown>[]>
  /** Only for the types. */
  readonly _?: R
}
