/** `model`: what is stored, said once. The types, the migrations' check, the repository and the query layer read it. */
import type { Computed } from './computed.ts'
import type { Relation } from './relations.ts'

export type ColumnType = 'text' | 'integer' | 'boolean' | 'json' | 'timestamptz'

/** One column: `T` is what a row holds, `Given` whether a new row has to bring it. */
export interface Column<T = unknown, Given extends boolean = boolean> {
  readonly type: ColumnType
  readonly isNullable: boolean
  readonly isUnique: boolean
  readonly isSearchable: boolean
  /** Never shown, and nowhere stored in clear but in its own table. */
  readonly isSecret: boolean
  /** Changed by adding to it, so that undoing corrects it by the difference. */
  readonly isCounter: boolean
  /** A new row may leave it out: the database fills it in. */
  readonly hasDefault: boolean
  /** Of an id column: what its ids begin with. */
  readonly prefix?: string
  /** May be null, and is where it is left out. */
  nullable(): Column<T | null, false>
  /** No two rows that are not deleted may have the same. */
  unique(): Column<T, Given>
  /** `q` looks here. */
  searchable(): Column<T, Given>
  /** A password's hash, a token: the journal seals it, receipts and views leave it out. */
  secret(): Column<T, Given>
  /** A number that many change by adding to it, such as stock: an undo takes back the difference, not the value. */
  counter(): Column<T, Given>
  /** The migration gives it a default. */
  optional(): Column<T, false>
  /** Only for the types. */
  readonly _?: [T, Given]
}

type Traits = Omit<Column, 'nullable' | 'unique' | 'searchable' | 'secret' | 'counter' | 'optional' | '_'>

function column<T, Given extends boolean = true>(traits: Traits): Column<T, Given> {
  const and = (more: Partial<Traits>) => column<never, never>({ ...traits, ...more })
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
  hasDefault: false,
})

/** The primary key: `<prefix>_<ULID>`, minted in the workflow. */
export const id = (prefix: string): Column<string> => column({ ...plain('text'), prefix })
export const text = (): Column<string> => column(plain('text'))
export const integer = (): Column<number> => column(plain('integer'))
export const boolean = (): Column<boolean> => column(plain('boolean'))
/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timestamp = (): Column<string> => column(plain('timestamptz'))
/** Any JSON object. */
export const json = <T = Record<string, unknown>>(): Column<T> => column(plain('json'))

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

/** A row as it is created: what has a default or may be null can be left out. */
export type New<M extends Model> = { [K in RequiredKeys<M['columns']>]: Value<M['columns'][K]> } & {
  [K in Exclude<keyof M['columns'], RequiredKeys<M['columns']>>]?: Value<M['columns'][K]>
}

/** What an update may bring: the id, and the columns that change. */
export type Change<M extends Model> = { id: string } & Partial<Omit<New<M>, 'id'>>
