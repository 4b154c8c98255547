/** `model`: what is stored, said once. The types, the migrations' check, the repository and the query layer read it. */
import type { Computed } from './computed.ts'
import type { Relation } from './relations.ts'

export type ColumnType = 'text' | 'integer' | 'numeric' | 'boolean' | 'json' | 'timestamptz'

/** One column: `T` is what a row holds, `Given` whether a new row has to bring it. */
export interface Column<T = unknown, Given extends boolean = boolean, Secret extends boolean = boolean> {
  readonly type: ColumnType
  readonly isNullable: boolean
  readonly isUnique: boolean
  readonly isSearchable: boolean
  /** Never shown, and nowhere stored in clear but in its own table. */
  readonly isSecret: boolean
  /** Changed by adding to it, so that undoing corrects it by the difference. */
  readonly isCounter: boolean
  /** Names the change that owns the row for a while. */
  readonly isLease: boolean
  /** A new row may leave it out: the database fills it in. */
  readonly hasDefault: boolean
  /** Of an id column: what its ids begin with. */
  readonly prefix?: string
  /** May be null, and is where it is left out. */
  nullable(): Column<T | null, false, Secret>
  /** No two rows that are not deleted may have the same. */
  unique(): Column<T, Given, Secret>
  /** `q` looks here. */
  searchable(): Column<T, Given, Secret>
  /** A password's hash, a token: the journal seals it, receipts and views leave it out. */
  secret(): Column<T, Given, true>
  /** A number that many change by adding to it, such as stock: an undo takes back the difference, not the value. */
  counter(): Column<T, Given, Secret>
  /** The migration gives it a default. */
  optional(): Column<T, false, Secret>
  /** Only for the types. */
  readonly _?: [T, Given, Secret]
}

type Traits = Omit<Column, 'nullable' | 'unique' | 'searchable' | 'secret' | 'counter' | 'optional' | '_'>

function column<T, Given extends boolean = true, Secret extends boolean = false>(
  traits: Traits,
): Column<T, Given, Secret> {
  const and = (more: Partial<Traits>) => column<never, never, never>({ ...traits, ...more })
  return {
    ...traits,
    nullable: () => and({ isNullable: true }),
    unique: () => and({ isUnique: true }),
    searchable: () => and({ isSearchable: true }),
    secret: () => and({ isSecret: true }),
    counter: () => and({ isCounter: true }),
    optional: () => and({ hasDefault: true }),
  }
}

const plain = (type: ColumnType): Traits => ({
  type,
  isNullable: false,
  isUnique: false,
  isSearchable: false,
  isSecret: false,
  isCounter: false,
  isLease: false,
  hasDefault: false,
})

/** The primary key: `<prefix>_<ULID>`, minted in the workflow. */
export const id = (prefix: string): Column<string, true, false> => column({ ...plain('text'), prefix })
export const text = (): Column<string, true, false> => column(plain('text'))
export const integer = (): Column<number, true, false> => column(plain('integer'))
/** An exact decimal number, such as an amount of money; a string of digits in JavaScript. */
export const decimal = (): Column<string, true, false> => column(plain('numeric'))
export const boolean = (): Column<boolean, true, false> => column(plain('boolean'))
/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timestamp = (): Column<string, true, false> => column(plain('timestamptz'))
/** Any JSON object. */
export const json = <T = Record<string, unknown>>(): Column<T, true, false> => column(plain('json'))

/**
 * `leased_by`, for rows that a change has to own over several steps: taken and given back with `rows.<name>.lease` and
 * `release`. A change that fails gives it back by its undo, and of one that is dead the sweeper does.
 */
export const lease = () => ({
  leased_by: column<string | null, false>({ ...plain('text'), isNullable: true, isLease: true }),
})

/** `created_at`, `updated_at`, and `deleted_at` for soft deletion. */
export const timestamps = () => ({
  created_at: timestamp().optional(),
  updated_at: timestamp().optional(),
  deleted_at: timestamp().nullable(),
})

export type Columns = Record<string, Column>

export interface Model<C extends Columns = Columns> {
  /** The name of its table, within the schema of its module. */
  readonly table: string
  readonly columns: C
  readonly relations: Readonly<Record<string, Relation>>
  readonly computed: Readonly<Record<string, Computed>>
}

/**
 * Declares a table, and what can be asked of its rows besides their columns.
 *
 * @example export const Brand = model('brand', { id: id('brand'), name: text().searchable(), ...timestamps() })
 * @throws where a relation or a computed field has the name of a column.
 */
export function model<C extends Columns>(
  table: string,
  columns: C,
  { relations = {}, computed = {} }: Partial<Pick<Model, 'relations' | 'computed'>> = {},
): Model<C> {
  if (!columns.id) throw new Error(`The model ${table} has no column 'id'`)
  const names = [...Object.keys(columns), ...Object.keys(relations), ...Object.keys(computed)]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`The model ${table} has two fields '${twice}'`)
  return { table, columns, relations, computed }
}

type Value<C> = C extends Column<infer T, boolean> ? T : never
type RequiredKeys<C extends Columns> = { [K in keyof C]: C[K] extends Column<unknown, true> ? K : never }[keyof C]

/** A row as it is read. */
export type Row<M extends Model> = { [K in keyof M['columns']]: Value<M['columns'][K]> }

type SecretKeys<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<unknown, boolean, true> ? K : never
}[keyof C]

/** A row as it is shown: without its secrets. */
export type View<M extends Model> = Omit<Row<M>, SecretKeys<M['columns']>>

/** A row as it is created: what has a default or may be null can be left out. */
export type New<M extends Model> = { [K in RequiredKeys<M['columns']>]: Value<M['columns'][K]> } & {
  [K in Exclude<keyof M['columns'], RequiredKeys<M['columns']>>]?: Value<M['columns'][K]>
}

/** What an update may bring: the id, and the columns that change. */
export type Change<M extends Model> = { id: string } & Partial<Omit<New<M>, 'id'>>

const columnsThat = (holds: (column: Column) => boolean) => (model: Model) =>
  Object.entries(model.columns).flatMap(([name, column]) => (holds(column) ? [name] : []))

/** The columns that may be shown. */
export const visibleColumns = columnsThat(({ isSecret }) => !isSecret)
export const secretColumns = columnsThat(({ isSecret }) => isSecret)
export const counterColumns = columnsThat(({ isCounter }) => isCounter)
