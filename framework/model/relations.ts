/** How one entity reaches another: said with the model, read by the query layer. */

export type RelationKind = 'belongsTo' | 'hasOne' | 'hasMany' | 'manyToMany'

/** Its target is named, not imported, so that two models can refer to each other; the query layer checks the name. */
export interface Relation<K extends RelationKind = RelationKind, T extends string = string> {
  readonly kind: K
  /** An entity's name: its table's, or `<module>.<table>` where several modules have such a table. */
  readonly target: T
  /** The column that holds the other's key: ours for `belongsTo`, the target's for `hasOne` and `hasMany`. */
  readonly by?: string
  /** The column that `by` refers to. */
  readonly key: string
  /** Of `manyToMany`: the entity between, and its two columns. */
  readonly through?: string
  readonly mine?: string
  readonly theirs?: string
  /** The column of the target that many rows are ordered by; their ids come last. */
  readonly order?: string
  readonly isSearchable: boolean
  /** Whether those rows are deleted with ours. */
  readonly cascades: boolean
  /** Whether `*` shows it as `{ id }`. */
  readonly isStub: boolean
  /** `q` looks there, too. */
  searchable(): Relation<K, T>
  /** Deleting one of ours deletes them, too. Of `hasOne` and `hasMany` within the module. */
  cascade(): Relation<K, T>
  /** Where the entity stands in an answer as a relation of another, `*` shows it as `{ id }`. Of `belongsTo` within the module. */
  stub(): Relation<K, T>
}

type Traits<K extends RelationKind, T extends string> = Omit<
  Relation<K, T>,
  'searchable' | 'cascade' | 'stub' | 'isSearchable' | 'cascades' | 'isStub'
> &
  Partial<Pick<Relation, 'isSearchable' | 'cascades' | 'isStub'>>

function relation<K extends RelationKind, T extends string>(traits: Traits<K, T>): Relation<K, T> {
  return {
    isSearchable: false,
    cascades: false,
    isStub: false,
    ...traits,
    searchable: () => relation({ ...traits, isSearchable: true }),
    cascade: () => relation({ ...traits, cascades: true }),
    stub: () => relation({ ...traits, isStub: true }),
  }
}

/**
 * We hold its key, in `<relation>_id` where nothing else is said.
 *
 * @example relations: { region: belongsTo('region'), currency: belongsTo('currency', { by: 'currency_code', key: 'code' }) }
 */
export function belongsTo<const T extends string>(
  target: T,
  { by, key = 'id' }: { by?: string; key?: string } = {},
): Relation<'belongsTo', T> {
  return relation({ kind: 'belongsTo', target, key, ...(by && { by }) })
}

/** One row of the target holds our key, in `<our table>_id` where nothing else is said. */
export function hasOne<const T extends string>(
  target: T,
  { by, key = 'id' }: { by?: string; key?: string } = {},
): Relation<'hasOne', T> {
  return relation({ kind: 'hasOne', target, key, ...(by && { by }) })
}

/**
 * Rows of the target hold our key, in `<our table>_id` where nothing else is said.
 *
 * @example relations: { images: hasMany('image', { by: 'product_id', order: 'rank' }) }
 */
export function hasMany<const T extends string>(
  target: T,
  options: { by?: string; key?: string; order?: string } = {},
): Relation<'hasMany', T> {
  return relation({ kind: 'hasMany', target, key: 'id', ...options })
}

/**
 * Through an entity of the same module that holds both keys, `<table>_id` each where nothing else is said.
 *
 * @example relations: { groups: manyToMany('customer_group', { through: 'customer_group_customer' }) }
 */
export function manyToMany<const T extends string>(
  target: T,
  options: { through: string; mine?: string; theirs?: string; order?: string },
): Relation<'manyToMany', T> {
  return relation({ kind: 'manyToMany', target, key: 'id', ...options })
}
