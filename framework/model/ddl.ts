/** The statements that create the tables of models: a draft for a migration file. */
import { type Column, type Default, type Index, type Model, SQL_TYPES } from './model.ts'
import type { Relation } from './relations.ts'

/** Reserved words of Postgres, which must be quoted as names. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
  current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false
  fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null
  offset on only or order placing primary references returning select session_user some symmetric system_user table then to
  trailing true union unique user using variadic when where window with`.split(/\s+/),
)

const quotedIfReserved = (name: string) => (RESERVED.has(name) ? `"${name}"` : name)

/**
 * One `create table` for each model, with its indexes. Foreign keys come last, so that models can refer to each other.
 *
 * Each `belongsTo` within the module is a foreign key: deferred to the commit, because undoing restores rows in any order, and never
 * cascading, because the journal must see every deleted row.
 */
export function creationOf(models: readonly Model[]): string {
  const tables = models.map((model) => [tableOf(model), ...indexesOf(model)].join('\n'))
  const keys = models.flatMap((model) => foreignKeysOf(model, models))
  return [...tables, ...(keys.length > 0 ? [keys.join('\n')] : [])].join('\n\n')
}

function tableOf({ table, columns }: Model): string {
  const lines = Object.entries(columns).map(([name, column]) => `  ${quotedIfReserved(name)} ${typeOf(name, column)}`)
  return `create table ${quotedIfReserved(table)} (\n${lines.join(',\n')}\n);`
}

function typeOf(name: string, column: Column): string {
  const { type, isNullable, hasDefault, choices } = column
  const parts = [SQL_TYPES[type]]
  if (column.sameAs) return `${parts[0]} primary key generated always as (${quotedIfReserved(column.sameAs)}) stored`
  if (name === 'id') return `${parts[0]} primary key`
  if (!isNullable) parts.push('not null')
  if (column.defaultsTo !== undefined) parts.push(`default ${literal(column.defaultsTo)}`)
  else if (hasDefault && type === 'timestamptz') parts.push('default now()')
  if (choices) parts.push(`check (${quotedIfReserved(name)} in (${choices.map(literal).join(', ')}))`)
  return parts.join(' ')
}

/** A value as an SQL literal, for statements that cannot have parameters. */
export function literal(value: Default): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function indexesOf(model: Model): string[] {
  const columns = Object.entries(model.columns)
  const unique = columns.filter(([, { isUnique }]) => isUnique).map(([name]) => ({ columns: [name], unique: true }))
  const searched = columns.filter(([, { isSearchable }]) => isSearchable).map(([name]) => trigrams(model, name))
  return [...referencesOf(model), ...[...unique, ...model.indexes].map((index) => indexOf(model, index)), ...searched]
}

/** Indexes on foreign keys. They include deleted rows, because the database looks for these when a referred row is deleted for good. */
function referencesOf(model: Model): string[] {
  return belonging(model).map(
    ([name, { by = `${name}_id` }]) =>
      `create index ${model.table}_${by} on ${quotedIfReserved(model.table)} (${quotedIfReserved(by)});`,
  )
}

function indexOf({ table, columns }: Model, index: Index): string {
  const where = [...('deleted_at' in columns ? ['deleted_at is null'] : []), ...(index.where ? [index.where] : [])]
  const name = `${table}_${index.columns.join('_')}${index.unique ? '_unique' : ''}`
  const on = `${index.unique ? 'unique ' : ''}index ${name} on ${quotedIfReserved(table)} (${index.columns.map(quotedIfReserved).join(', ')})`
  return `create ${on}${where.length > 0 ? ` where ${where.join(' and ')}` : ''};`
}

/** An index for `q`, which searches anywhere in a text (`migrate.ts` creates the extension). */
function trigrams({ table }: Model, name: string): string {
  return `create index ${table}_${name}_search on ${quotedIfReserved(table)} using gin (${quotedIfReserved(name)} gin_trgm_ops);`
}

function belonging({ relations }: Model): [string, Relation][] {
  return Object.entries(relations).filter(([, { kind }]) => kind === 'belongsTo')
}

function foreignKeysOf(model: Model, models: readonly Model[]): string[] {
  return belonging(model)
    .filter(([, { target }]) => models.some(({ table }) => table === target))
    .map(([name, { target, by = `${name}_id`, key }]) => {
      const constraint = `constraint ${model.table}_${by} foreign key (${quotedIfReserved(by)}) references ${quotedIfReserved(target)} (${quotedIfReserved(key)})`
      return `alter table ${quotedIfReserved(model.table)} add ${constraint} deferrable initially deferred;`
    })
}
