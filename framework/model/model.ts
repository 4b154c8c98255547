/** `model`: what is stored, said once. The types, the migrations' check, the repository and the query layer read it. */
import { sql } from 'kysely'
import { type Computed, computedBySql } from './computed.ts'
import type { Relation } from './relations.ts'

export type ColumnType = 'text' | 'integer' | 'double' | 'numeric' | 'boolean' | 'json' | 'timestamptz'
/** The types as Postgres names them. */
export const SQL_TYPES: Record<ColumnType, string> = {
  text: 'text',
  integer: 'integer',
  double: 'double precision',
  numeric: 'numeric',
  boolean: 'boolean',
  json: 'jsonb',
  timestamptz: 'timestamptz(3)',
}
/** What a column holds where nothing is given. */
export type Default = string | number | boolean

/** How answers show a column: as it is stored, as a number, as a number and `raw_<name>`, or not at all. */
export type Answered = 'plain' | 'number' | 'big' | 'never'

/** One column: `T` is what a row holds, `Given` whether a new row has to bring it. */
export interface Column<
  T = unknown,
  Given extends boolean = boolean,
  Secret extends boolean = boolean,
  A extends Answered = Answered,
> {
  readonly type: ColumnType
  readonly isNullable: boolean
  readonly isUnique: boolean
  readonly isSearchable: boolean
  /** Never shown, and nowhere stored in clear but in its own table. */
  readonly isSecret: boolean
  /** The module's own bookkeeping: stored in clear, never shown. */
  readonly isHidden: boolean
  /** Changed by adding to it, so that undoing corrects it by the difference. */
  readonly isCounter: boolean
  /** Names the change that owns the row for a while. */
  readonly isLease: boolean
  /** Shown as a number, and once more as `raw_<name>` with all its digits. */
  readonly isBig: boolean
  /** A new row may leave it out: the database fills it in. */
  readonly hasDefault: boolean
  /** What the database fills in, where it is a constant. */
  readonly defaultsTo?: Default
  /** All that it may hold, where that is a short list. */
  readonly choices?: readonly string[]
  /** Of an id column: what its ids begin with. */
  readonly prefix?: string
  /** Of an id column that is not shown: the column that names the row, whose text Postgres puts here once more. */
  readonly sameAs?: string
  /** May be null, and is where it is left out. */
  nullable(): Column<T | null, false, Secret, A>
  /** No two rows that are not deleted may have the same. */
  unique(): Column<T, Given, Secret, A>
  /** `q` looks here. */
  searchable(): Column<T, Given, Secret, A>
  /** A password's hash, a token: the journal seals it, receipts and views leave it out. */
  secret(): Column<T, Given, true, 'never'>
  /** What the module keeps for itself, such as a sum that a constraint needs: no answer shows it. */
  hidden(): Column<T, Given, true, 'never'>
  /** A number that many change by adding to it, such as stock: an undo takes back the difference, not the value. */
  counter(): Column<T, Given, Secret, A>
  /** The migration gives it a default. */
  optional(): Column<T, false, Secret, A>
  /** What the database fills in where a new row leaves it out. */
  default(value: Default): Column<T, false, Secret, A>
  /** Only for the types. */
  readonly _?: [T, Given, Secret, A]
}

type Traits = Omit<
  Column,
  'nullable' | 'unique' | 'searchable' | 'secret' | 'hidden' | 'counter' | 'optional' | 'default' | '_'
> & {
  default?: Default
}

function column<T, Given extends boolean = true, Secret extends boolean = false, A extends Answered = 'plain'>(
  traits: Traits,
): Column<T, Given, Secret, A> {
  const and = (more: Partial<Traits>) => column<never, never, never, never>({ ...traits, ...more })
  return {
    ...traits,
    nullable: () => and({ isNullable: true }),
    unique: () => and({ isUnique: true }),
    searchable: () => and({ isSearchable: true }),
    secret: () => and({ isSecret: true }),
    hidden: () => and({ isHidden: true }),
    counter: () => and({ isCounter: true }),
    optional: () => and({ hasDefault: true }),
    default: (value) => and({ hasDefault: true, defaultsTo: value }),
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

/** The primary key: `<prefix>_<ULID>`, minted in the workflow. */
export const id = (prefix: string): Column<string, true, false, 'plain'> => column({ ...plain('text'), prefix })
/**
 * The primary key of rows that another column names, such as a currency's `code`: the same text once more, so that steps, links
 * and the journal know these rows like any other. It is found by, and never shown.
 *
 * @example model('currency', { id: sameAs('code'), code: text().searchable(), … })
 */
export const sameAs = (name: string): Column<string, false, false, 'never'> =>
  column({ ...plain('text'), hasDefault: true, sameAs: name })
export const text = (): Column<string, true, false, 'plain'> => column(plain('text'))
export const integer = (): Column<number, true, false, 'plain'> => column(plain('integer'))
/** A measure that need not be exact, such as a weight. */
export const float = (): Column<number, true, false, 'plain'> => column(plain('double'))
/** One of a few texts. */
export const choice = <const C extends string>(...choices: C[]): Column<C, true, false, 'plain'> =>
  column({ ...plain('text'), choices })
/**
 * An exact decimal as the API shows it: `amount`, a number, and `raw_amount`, with all its digits (`api/http-semantics.md` 7).
 * A string of digits in JavaScript.
 */
export const bigNumber = (): Column<string, true, false, 'big'> => column({ ...plain('numeric'), isBig: true })
/** An exact decimal number, such as an amount of money; a string of digits in JavaScript. */
export const decimal = (): Column<string, true, false, 'number'> => column(plain('numeric'))
export const boolean = (): Column<boolean, true, false, 'plain'> => column(plain('boolean'))
/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timestamp = (): Column<string, true, false, 'plain'> => column(plain('timestamptz'))
/** Any JSON object. */
export const json = <T = Record<string, unknown>>(): Column<T, true, false, 'plain'> => column(plain('json'))

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

/** Beyond those that columns have by themselves. */
export interface Index {
  readonly columns: readonly string[]
  readonly unique?: boolean
  /** SQL; rows that are deleted are never in it. */
  readonly where?: string
}

type Relations = Readonly<Record<string, Relation>>
type ComputedFields = Readonly<Record<string, Computed>>

/** Its relations and computed fields are part of its type: what is asked of it is checked by the compiler (`shape.ts`). */
export interface Model<
  C extends Columns = Columns,
  T extends string = string,
  R extends Relations = Relations,
  X extends ComputedFields = ComputedFields,
> {
  /** The name of its table, within the schema of its module. */
  readonly table: T
  /** As refusals say it. */
  readonly title: string
  readonly columns: C
  readonly indexes: readonly Index[]
  readonly relations: R
  /** Also `raw_amount` of a column `amount`, and so on. */
  readonly computed: ComputedFields
  /** Only for the types. */
  readonly _?: X
}

type Nothing = Readonly<Record<never, never>>

/** What can be said of a model besides its columns. */
interface MoreOfModel<R, X> {
  title?: string
  relations?: R
  computed?: X
  indexes?: readonly Index[]
}

/**
 * Declares a table, and what can be asked of its rows besides their columns.
 *
 * @example export const Brand = model('brand', { id: id('brand'), name: text().searchable(), ...timestamps() })
 * @throws where a relation or a computed field has the name of a column.
 */
export function model<
  const T extends string,
  C extends Columns,
  R extends Relations = Nothing,
  X extends ComputedFields = Nothing,
>(table: T, columns: C, { title, relations, computed, indexes = [] }: MoreOfModel<R, X> = {}): Model<C, T, R, X> {
  if (!columns.id) throw new Error(`The model ${table} has no column 'id'`)
  const all = { ...rawFields(columns), ...computed }
  const names = [...Object.keys(columns), ...Object.keys(relations ?? {}), ...Object.keys(all)]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`The model ${table} has two fields '${twice}'`)
  return { table, title: title ?? titleOf(table), columns, relations: relations ?? ({} as R), computed: all, indexes }
}

/** A table's name as people write it: `product_tag` is `Product Tag`. */
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

/** A row as it is read. */
export type Row<M extends Model> = { [K in keyof M['columns']]: Value<M['columns'][K]> }

type SecretKeys<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<unknown, boolean, true> ? K : never
}[keyof C]

/** A row as it is shown: without its secrets, and what is hidden. */
export type PublicRow<M extends Model> = Omit<Row<M>, SecretKeys<M['columns']>>

/** A row as it is created: what has a default or may be null can be left out. */
export type New<M extends Model> = { [K in RequiredKeys<M['columns']>]: Value<M['columns'][K]> } & {
  [K in Exclude<keyof M['columns'], RequiredKeys<M['columns']>>]?: Value<M['columns'][K]>
}

/** A row as it is asked for: its id is not made yet, and its times are the database's. */
export type Draft<M extends Model> = Omit<New<M>, 'id' | 'created_at' | 'updated_at' | 'deleted_at'>

/** What an update may bring: the id, and the columns that change. */
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
/** All that `*` stands for. */
export const ownFields = (model: Model): string[] =>
  shownColumns(model).flatMap((name) => (model.columns[name]!.isBig ? [name, `raw_${name}`] : [name]))
export const secretColumns = columnsThat(({ isSecret }) => isSecret)
export const counterColumns = columnsThat(({ isCounter }) => isCounter)
