/** Relations between entities: declared with the model, used by the query layer. */

export type RelationKind = 'belongsTo' | 'hasOne' | 'hasMany' | 'manyToMany'

/** The target is a name, not an import, so that two models can refer to each other. The query layer checks the name. */
export interface Relation<K extends RelationKind = RelationKind, T extends string = string> {
  readonly kind: K
  /** The name of an entity: its table, or `<module>.<table>` if several modules have such a table. */
  readonly target: T
  /** The foreign key column: in our table for `belongsTo`, in the target's for `hasOne` and `hasMany`. */
  readonly by?: string
  /** The column that `by` refers to. */
  readonly key: string
  /** For `manyToMany`: the entity in between and its two foreign key columns. */
  readonly through?: string
  readonly mine?: string
  readonly theirs?: string
  /** The column of the target to order by, before the id. */
  readonly order?: string
  readonly isSearchable: boolean
  /** Whether the target's rows are deleted with ours. */
  readonly cascades: boolean
  /** Whether `*` shows it as `{ id }`. */
  readonly isStub: boolean
  /** Includes the target's searchable columns in `q`. */
  searchable(): Relation<K, T>
  /** Deletes the target's rows with ours. For `hasOne` and `hasMany` within the module. */
  cascade(): Relation<K, T>
  /** If the entity is itself shown as a relation, `*` shows this relation as `{ id }`. For `belongsTo` within the module. */
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
 * Our row has the foreign key; default column: `<relation>_id`
 *
 * @example relations: { region: belongsTo('region'), currency: belongsTo('currency', { by: 'currency_code', key: 'code' }) }
 */
export function belongsTo<const T extends string>(
  target: T,
  { by, key = 'id' }: { by?: string; key?: string } = {},
): Relation<'belongsTo', T> {
  return relation({ kind: 'belongsTo', target, key, ...(by && { by }) })
}

/** One row of the target has the foreign key; default column: `<our table>_id` */
export function hasOne<const T extends string>(
  target: T,
  { by, key = 'id' }: { by?: string; key?: string } = {},
): Relation<'hasOne', T> {
  return relation({ kind: 'hasOne', target, key, ...(by && { by }) })
}

/**
 * Rows of the target have the foreign key; default column: `<our table>_id`
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
 * An entity of the same module in between has both foreign keys; default columns: `<table>_id`
 *
 * @example relations: { groups: manyToMany('customer_group', { through: 'customer_group_customer' }) }
 */
export function manyToMany<const T extends string>(
  target: T,
  options: { through: string; mine?: string; theirs?: string; order?: string },
): Relation<'manyToMany', T> {
  return relation({ kind: 'manyToMany', target, key: 'id', ...options })
}
