/** `model`: declares a table once, for the types, the check of migrations, the repository and the query layer. */
import { sql } from 'kysely'
import { type Computed, computedBySql } from './computed.ts'
import type { Relation } from './relations.ts'

export type ColumnType = 'text' | 'integer' | 'double' | 'numeric' | 'boolean' | 'json' | 'timestamptz'
/** The names of the types in Postgres. */
export const SQL_TYPES: Record<ColumnType, string> = {
  text: 'text',
  integer: 'integer',
  double: 'double precision',
  numeric: 'numeric',
  boolean: 'boolean',
  json: 'jsonb',
  timestamptz: 'timestamptz(3)',
}
/** The default value of a column. */
export type Default = string | number | boolean

/** How answers show a column: as stored, as a number, as a number and `raw_<name>`, or not at all. */
export type AnswerFormat = 'plain' | 'number' | 'big' | 'never'

/** A column: `T` is its type in a row, `Required` whether a new row must have it. */
export interface Column<
  T = unknown,
  Required extends boolean = boolean,
  Secret extends boolean = boolean,
  A extends AnswerFormat = AnswerFormat,
> {
  readonly type: ColumnType
  readonly isNullable: boolean
  readonly isUnique: boolean
  readonly isSearchable: boolean
  /** Never shown, and stored in clear only in its own table. */
  readonly isSecret: boolean
  /** Internal to the module: never shown. */
  readonly isHidden: boolean
  /** Changed by increments; an undo subtracts the difference. */
  readonly isCounter: boolean
  /** Contains the change that owns the row for a while. */
  readonly isLease: boolean
  /** Shown as a number, and as `raw_<name>` with all its digits. */
  readonly isBig: boolean
  /** Whether the database fills it in if a new row lacks it. */
  readonly hasDefault: boolean
  /** The default, if it is a constant. */
  readonly defaultsTo?: Default
  /** All allowed values. */
  readonly choices?: readonly string[]
  /** The prefix of ids. */
  readonly prefix?: string
  /** For an id column that is not shown: the column that it is a copy of. */
  readonly sameAs?: string
  /** Allows null, which is also the default. */
  nullable(): Column<T | null, false, Secret, A>
  /** Unique among the rows that are not deleted. */
  unique(): Column<T, Required, Secret, A>
  /** Includes the column in `q`. */
  searchable(): Column<T, Required, Secret, A>
  /** A password hash or a token: encrypted in the journal, left out of receipts and answers. */
  secret(): Column<T, Required, true, 'never'>
  /** Internal to the module, such as a sum that a constraint needs: left out of answers. */
  hidden(): Column<T, Required, true, 'never'>
  /** A number that concurrent changes add to, such as stock: an undo subtracts the difference instead of restoring the value. */
  counter(): Column<T, Required, Secret, A>
  /** A new row may lack it; the migration gives it a default. */
  optional(): Column<T, false, Secret, A>
  /** The value that the database fills in if a new row lacks it. */
  default(value: Default): Column<T, false, Secret, A>
  /** Only for the types. */
  readonly _?: [T, Required, Secret, A]
}

type Traits = Omit<
  Column,
  'nullable' | 'unique' | 'searchable' | 'secret' | 'hidden' | 'counter' | 'optional' | 'default' | '_'
> & {
  default?: Default
}

function column<T, Required extends boolean = true, Secret extends boolean = false, A extends AnswerFormat = 'plain'>(
  traits: Traits,
): Column<T, Required, Secret, A> {
  const extended = (more: Partial<Traits>) => column<never, never, never, never>({ ...traits, ...more })
  return {
    ...traits,
    nullable: () => extended({ isNullable: true }),
    unique: () => extended({ isUnique: true }),
    searchable: () => extended({ isSearchable: true }),
    secret: () => extended({ isSecret: true }),
    hidden: () => extended({ isHidden: true }),
    counter: () => extended({ isCounter: true }),
    optional: () => extended({ hasDefault: true }),
    default: (value) => extended({ hasDefault: true, defaultsTo: value }),
  }
}

const plain = (type: ColumnType): Traits => ({
  type,
  isNullable: false,
  isUnique: false,
  isSearchable: false,
  isSecret: false,
  isHidden: false,
  isCounter: false,
  isLease: false,
  isBig: false,
  hasDefault: false,
})

/** The primary key: `<prefix>_<ULID>`, made by the workflow or the step. */
export const id = (prefix: string): Column<string, true, false, 'plain'> => column({ ...plain('text'), prefix })
/**
 * The primary key of rows that are identified by another column, such as a currency's `code`: a copy of that column, so that steps, links
 * and the journal can treat these rows like any other. It can be filtered by and is never shown.
 *
 * @example model('currency', { id: sameAs('code'), code: text().searchable(), … })
 */
export const sameAs = (name: string): Column<string, false, false, 'never'> =>
  column({ ...plain('text'), hasDefault: true, sameAs: name })
export const text = (): Column<string, true, false, 'plain'> => column(plain('text'))
export const integer = (): Column<number, true, false, 'plain'> => column(plain('integer'))
/** An inexact number, such as a weight. */
export const float = (): Column<number, true, false, 'plain'> => column(plain('double'))
/** A text with a fixed list of values. */
export const choice = <const C extends string>(...choices: C[]): Column<C, true, false, 'plain'> =>
  column({ ...plain('text'), choices })
/**
 * An exact decimal that the API shows twice: `amount`, a number, and `raw_amount`, with all its digits (`docs/http-api.md`, Big numbers).
 * A string in JavaScript.
 */
export const bigNumber = (): Column<string, true, false, 'big'> => column({ ...plain('numeric'), isBig: true })
/** An exact decimal, such as an amount of money. A string in JavaScript. */
export const decimal = (): Column<string, true, false, 'number'> => column(plain('numeric'))
export const boolean = (): Column<boolean, true, false, 'plain'> => column(plain('boolean'))
/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timestamp = (): Column<string, true, false, 'plain'> => column(plain('timestamptz'))
/** Any JSON object. */
export const json = <T = Record<string, unknown>>(): Column<T, true, false, 'plain'> => column(plain('json'))

/**
 * `leased_by`, for rows that a change has to own over several steps, with `rows.<name>.lease` and `release`. A failed change releases its
 * leases by its undo, and the sweeper releases the leases of changes that have ended otherwise.
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

/** An index besides those that columns declare. */
export interface Index {
  readonly columns: readonly string[]
  readonly unique?: boolean
  /** An SQL condition. Deleted rows are never in the index. */
  readonly where?: string
}

type Relations = Readonly<Record<string, Relation>>
type ComputedFields = Readonly<Record<string, Computed>>

/** Relations and computed fields are part of the type, so that the compiler checks shapes (`shape.ts`). */
export interface Model<
  C extends Columns = Columns,
  T extends string = string,
  R extends Relations = Relations,
  X extends ComputedFields = ComputedFields,
> {
  /** The name of the table in the schema of the module. */
  readonly table: T
  /** The name in error texts. */
  readonly title: string
  readonly columns: C
  readonly indexes: readonly Index[]
  readonly relations: R
  /** Includes `raw_amount` of a big number `amount`, and so on. */
  readonly computed: ComputedFields
  /** Only for the types. */
  readonly _?: X
}

type NoFields = Readonly<Record<never, never>>

interface ModelOptions<R, X> {
  title?: string
  relations?: R
  computed?: X
  indexes?: readonly Index[]
}

/**
 * Declares a table with its columns, relations and computed fields.
 *
 * @example export const Brand = model('brand', { id: id('brand'), name: text().searchable(), ...timestamps() })
 * @throws if two fields have the same name.
 */
export function model<
  const T extends string,
  C extends Columns,
  R extends Relations = NoFields,
  X extends ComputedFields = NoFields,
>(table: T, columns: C, { title, relations, computed, indexes = [] }: ModelOptions<R, X> = {}): Model<C, T, R, X> {
  if (!columns.id) throw new Error(`The model ${table} has no column 'id'`)
  const all = { ...rawFields(columns), ...computed }
  const names = [...Object.keys(columns), ...Object.keys(relations ?? {}), ...Object.keys(all)]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`The model ${table} has two fields '${twice}'`)
  return { table, title: title ?? titleOf(table), columns, relations: relations ?? ({} as R), computed: all, indexes }
}

/** A table's name in words: `product_tag` → `Product Tag`. */
export function titleOf(table: string): string {
  return table.replace(/(^|_)(\w)/g, (_, gap, letter) => (gap && ' ') + letter.toUpperCase())
}

const PRECISION = 20

/** `raw_amount` of `amount`, and so on. */
function rawFields(columns: Columns): Record<string, Computed> {
  const big = Object.keys(columns).filter((name) => columns[name]!.isBig)
  return Object.fromEntries(big.map((name) => [`raw_${name}`, rawField(name)]))
}

function rawField(name: string): Computed {
  return computedBySql('json', ({ column }) => {
    const value = sql`trim_scale(${column(name)})::text`
    const raw = sql`json_build_object('value', ${value}, 'precision', ${sql.lit(PRECISION)})`
    return sql`case when ${column(name)} is not null then ${raw} end`
  })
}

type Value<C> = C extends Column<infer T, boolean> ? T : never
type RequiredKeys<C extends Columns> = { [K in keyof C]: C[K] extends Column<unknown, true> ? K : never }[keyof C]

/** A row as read. */
export type Row<M extends Model> = { [K in keyof M['columns']]: Value<M['columns'][K]> }

type SecretKeys<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<unknown, boolean, true> ? K : never
}[keyof C]

/** A row as shown: without secret and hidden columns. */
export type PublicRow<M extends Model> = Omit<Row<M>, SecretKeys<M['columns']>>

/** A row to create; columns that are nullable or have a default are optional. */
export type New<M extends Model> = { [K in RequiredKeys<M['columns']>]: Value<M['columns'][K]> } & {
  [K in Exclude<keyof M['columns'], RequiredKeys<M['columns']>>]?: Value<M['columns'][K]>
}

/** A new row without id and timestamps. */
export type Draft<M extends Model> = Omit<New<M>, 'id' | 'created_at' | 'updated_at' | 'deleted_at'>

/** The input of an update: the id and the columns to change. */
export type Change<M extends Model> = { id: string } & Partial<Omit<New<M>, 'id'>>

/** Whether answers may show a column. */
export const isShown = (column: Column): boolean => isVisible(column) && column.sameAs === undefined

const columnsThat = (holds: (column: Column) => boolean) => (model: Model) =>
  Object.entries(model.columns).flatMap(([name, column]) => (holds(column) ? [name] : []))

/** Whether steps and filters may see a column. */
export const isVisible = ({ isSecret, isHidden }: Column): boolean => !isSecret && !isHidden
export const visibleColumns = columnsThat(isVisible)
/** The columns that answers may show. */
export const shownColumns = columnsThat(isShown)
/** The fields that `*` stands for. */
export const ownFields = (model: Model): string[] =>
  shownColumns(model).flatMap((name) => (model.columns[name]!.isBig ? [name, `raw_${name}`] : [name]))
export const secretColumns = columnsThat(({ isSecret }) => isSecret)
export const counterColumns = columnsThat(({ isCounter }) => isCounter)
