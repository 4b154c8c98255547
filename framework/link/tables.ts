/** Makes the tables of links from their declarations. */
import { literal } from '../model/ddl.ts'
import { type Column, type Columns, id, type Model, model, SQL_TYPES, text, timestamps } from '../model/model.ts'
import { sideOf, type TableLink } from './define-link.ts'

/** A link's table as a model. Its relations are added in `query/entities.ts`. */
export function modelOf(link: TableLink): Model {
  const [left, right] = [sideOf(link, 'left'), sideOf(link, 'right')]
  const columns: Columns = { id: id(link.prefix), [left.column]: text(), [right.column]: text() }
  return model(link.name, { ...columns, ...link.columns, ...timestamps() })
}

/**
 * Migrations by name. The number of links per side is a unique index, which concurrent requests cannot break. There are no foreign
 * keys to the tables of modules, and the database deletes nothing.
 */
export function migrationsOf(link: TableLink): Record<string, string> {
  const later = Object.entries(link.migrations).map(([name, statements]) => [`${link.name}-${name}`, statements])
  return { [`${link.name}-0000`]: creation(link), ...Object.fromEntries(later) }
}

function creation(link: TableLink): string {
  const { name } = link
  const [left, right] = [sideOf(link, 'left'), sideOf(link, 'right')]
  const columns = Object.entries(link.columns).map(([column, traits]) => `${column} ${typeOf(link, column, traits)},`)
  const unique = (index: string, on: string) =>
    `create unique index ${name}_${index} on ${name} (${on}) where deleted_at is null;`
  return [
    `create table ${name} (`,
    `  id text primary key, ${left.column} text not null, ${right.column} text not null, ${columns.join(' ')}`,
    '  created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now(),',
    '  deleted_at timestamptz(3)',
    ');',
    unique('pair', `${left.column}, ${right.column}`),
    right.many ? '' : unique('left_once', left.column),
    left.many ? `create index ${name}_right on ${name} (${right.column});` : unique('right_once', right.column),
  ].join('\n')
}

function typeOf({ name, defaults = {} }: TableLink, column: string, { type, isNullable, hasDefault }: Column): string {
  if (!/^[a-z][a-z0-9_]*$/.test(column)) throw new Error(`'${column}' cannot name a column of the link ${name}`)
  const value = defaults[column]
  if (hasDefault !== (value !== undefined) || !(isNullable || hasDefault)) {
    throw new Error(`The column ${column} of the link ${name} is neither nullable nor optional with a default`)
  }
  return `${SQL_TYPES[type]}${isNullable ? '' : ' not null'}${value === undefined ? '' : ` default ${literal(value)}`}`
}
