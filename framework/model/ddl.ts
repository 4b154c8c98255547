/** The statements that make the tables of models: a draft for a migration file, which is read, kept and never edited again. */
import { type Column, type Default, type Index, type Model, SQL_TYPES } from './model.ts'
import type { Relation } from './relations.ts'

/** What Postgres reserves, and takes as a name only in quotes. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
  current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false
  fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null
  offset on only or order placing primary references returning select session_user some symmetric system_user table then to
  trailing true union unique user using variadic when where window with`.split(/\s+/),
)

const named = (name: string) => (RESERVED.has(name) ? `"${name}"` : name)

/**
 * One `create table` for each model, with its indexes; foreign keys come last, so that models may refer to each other.
 *
 * Foreign keys are those of `belongsTo` within the module: deferred to the commit, and never cascading (`design.md` 3.3).
 */
export function creationOf(models: readonly Model[]): string {
  const tables = models.map((model) => [tableOf(model), ...indexesOf(model)].join('\n'))
  const keys = models.flatMap((model) => foreignKeysOf(model, models))
  return [...tables, ...(keys.length > 0 ? [keys.join('\n')] : [])].join('\n\n')
}

function tableOf({ table, columns }: Model): string {
  const lines = Object.entries(columns).map(([name, column]) => `  ${named(name)} ${typeOf(name, column)}`)
  return `create table ${named(table)} (\n${lines.join(',\n')}\n);`
}

function typeOf(name: string, column: Column): string {
  const { type, isNullable, hasDefault, choices } = column
  const parts = [SQL_TYPES[type]]
  if (column.sameAs) return `${parts[0]} primary key generated always as (${named(column.sameAs)}) stored`
  if (name === 'id') return `${parts[0]} primary key`
  if (!isNullable) parts.push('not null')
  if (column.defaultsTo !== undefined) parts.push(`default ${literal(column.defaultsTo)}`)
  else if (hasDefault && type === 'timestamptz') parts.push('default now()')
  if (choices) parts.push(`check (${named(name)} in (${choices.map(literal).join(', ')}))`)
  return parts.join(' ')
}

/** A value as it stands in SQL that is no statement with parameters. */
export function literal(value: Default): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function indexesOf(model: Model): string[] {
  const columns = Object.entries(model.columns)
  const unique = columns.filter(([, { isUnique }]) => isUnique).map(([name]) => ({ columns: [name], unique: true }))
  const searched = columns.filter(([, { isSearchable }]) => isSearchable).map(([name]) => trigrams(model, name))
  return [...referencesOf(model), ...[...unique, ...model.indexes].map((index) => indexOf(model, index)), ...searched]
}

/** Of rows that are deleted, too: the database looks for them when what they refer to goes for good, as by an undo. */
function referencesOf(model: Model): string[] {
  return belonging(model).map(
    ([name, { by = `${name}_id` }]) => `create index ${model.table}_${by} on ${named(model.table)} (${named(by)});`,
  )
}

function indexOf({ table, columns }: Model, index: Index): string {
  const where = [...('deleted_at' in columns ? ['deleted_at is null'] : []), ...(index.where ? [index.where] : [])]
  const name = `${table}_${index.columns.join('_')}${index.unique ? '_unique' : ''}`
  const on = `${index.unique ? 'unique ' : ''}index ${name} on ${named(table)} (${index.columns.map(named).join(', ')})`
  return `create ${on}${where.length > 0 ? ` where ${where.join(' and ')}` : ''};`
}

/** What `q` looks for stands anywhere in the text (`migrate.ts` sees to the extension). */
function trigrams({ table }: Model, name: string): string {
  return `create index ${table}_${name}_search on ${named(table)} using gin (${named(name)} gin_trgm_ops);`
}

function belonging({ relations }: Model): [string, Relation][] {
  return Object.entries(relations).filter(([, { kind }]) => kind === 'belongsTo')
}

function foreignKeysOf(model: Model, models: readonly Model[]): string[] {
  return belonging(model)
    .filter(([, { target }]) => models.some(({ table }) => table === target))
    .map(([name, { target, by = `${name}_id`, key }]) => {
      const constraint = `constraint ${model.table}_${by} foreign key (${named(by)}) references ${named(target)} (${named(key)})`
      return `alter table ${named(model.table)} add ${constraint} deferrable initially deferred;`
    })
}
