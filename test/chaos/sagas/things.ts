/** What acts do to the three tables, in plain JavaScript and written apart from the framework: what a saga is compared with. */
import type { Deed } from '../../support/sagas/module.ts'

export type Colour = 'red' | 'green' | 'blue'
export const COLOURS: Colour[] = ['red', 'green', 'blue']

/** A row as it is compared: without the times and the version. */
export interface Thing {
  id: string
  name: string
  note: string | null
  amount: string | null
  labels: string[] | null
  stock: number
  token: string | null
  parent_id: string | null
  hidden: boolean
}

/** The rows of one table, by id. */
export type Table = Map<string, Thing>
export type Tables = Record<Colour, Table>

/** That a deed is not possible as things stand. */
export class Impossible extends Error {}

export const copyOf = (table: Table): Table => new Map([...table].map(([id, row]) => [id, { ...row }]))

/** Does one deed to the table, or throws `Impossible`; by then a part of it may have been done. */
export function doTo(table: Table, deed: Deed): void {
  if (deed.do === 'create') {
    for (const given of deed.rows) {
      check(!table.has(given.id), 'the id is taken')
      table.set(given.id, {
        id: given.id,
        name: given.name,
        note: given.note ?? null,
        amount: given.amount ?? null,
        labels: given.labels ?? null,
        stock: given.stock ?? 0,
        token: given.token ?? null,
        parent_id: given.parent_id ?? null,
        hidden: false,
      })
      check(!hasTwins(table, given.id), 'the name is taken')
    }
    check(
      deed.rows.every(({ parent_id }) => !parent_id || table.has(parent_id)),
      'there is no such parent',
    )
  } else if (deed.do === 'update') {
    Object.assign(visible(table, deed.id), deed.set)
    check(!hasTwins(table, deed.id), 'the name is taken')
    check(!deed.set.parent_id || table.has(deed.set.parent_id), 'there is no such parent')
  } else if (deed.do === 'count') {
    visible(table, deed.id).stock += deed.by
  } else if (deed.do === 'hide') {
    visible(table, deed.id).hidden = true
  } else if (deed.do === 'delete') {
    check(table.delete(deed.id), 'there is no such row')
    check(![...table.values()].some(({ parent_id }) => parent_id === deed.id), 'it has children')
  } else {
    throw new Impossible(deed.do)
  }
}

function visible(table: Table, id: string): Thing {
  const row = table.get(id)
  check(row && !row.hidden, 'there is no such row')
  return row
}

function hasTwins(table: Table, id: string): boolean {
  const { name } = table.get(id)!
  return [...table.values()].some((other) => other.id !== id && !other.hidden && other.name === name)
}

function check(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Impossible(what)
}
