/** What is added to an answer after the statement: entities from outside, in one batch each, and computed fields. */
import { Problem } from '../framework/problem.ts'
import type { Fields } from '../framework/query.ts'
import type { Outside } from './entities.ts'
import type { Selection } from './selection.ts'

const OUTSIDE_TIMEOUT_MS = 5000

/** Whether the text of Postgres is the whole answer. */
export function isWhole(selection: Selection): boolean {
  if (selection.pure.size > 0 || selection.hidden.size > 0) return false
  return [...selection.relations.values()].every(({ inside, isDeep }) => inside && !isDeep && isWhole(inside))
}

/** Adds to the rows, in place, what the statement could not give. In the transaction of a step nobody waits for the outside. */
export async function complete(
  selection: Selection,
  rows: Fields[],
  { context, inStep }: { context: Fields; inStep: boolean },
): Promise<void> {
  const nests = flattened(selection, rows)
  const seams = seamsOf(selection, rows)
  if (inStep && seams.length > 0) {
    throw new Error(
      `A step cannot read '${seams[0]!.name}' here: it is outside our database. Ask for it with a \`call\`.`,
    )
  }
  await Promise.all(seams.map(close))
  compute(selection, rows, context)
  prune(selection, rows)
  for (const nest of nests) nest()
}

/** A row of a relation that goes on to its end: it belongs under the row whose `next` is its `of`. */
interface Joined {
  of: string
  next: string | null
  row: Fields
}

/** Makes plain lists of what such relations lead to, and gives what nests them once everything is added to them. */
function flattened({ relations }: Selection, rows: Fields[]): (() => void)[] {
  return [...relations].flatMap(([name, { relation, inside, isDeep }]) => {
    if (!inside) return []
    const nests = isDeep ? rows.map((row) => flatten(row, name, relation.isMany)) : []
    return [...nests, ...flattened(inside, rowsOf(rows, name))]
  })
}

function flatten(row: Fields, name: string, isMany: boolean): () => void {
  const joined = row[name] as Joined[]
  row[name] = joined.map((one) => one.row)
  return () => {
    const lists = new Map<string | null, Fields[]>(joined.map(({ of }) => [of, []]))
    for (const one of joined) lists.get(one.of)!.push(one.row)
    const under = (key: string | null) => {
      const rows = lists.get(key) ?? []
      return isMany ? rows : (rows[0] ?? null)
    }
    const keys = new Set(joined.map(({ next }) => next))
    const first = joined.find(({ of }) => !keys.has(of))
    for (const one of joined) one.row[name] = under(one.next)
    row[name] = under(first?.of ?? null)
  }
}

/** One place in the selection where something from outside belongs, with the rows that have its ids there. */
interface Seam {
  name: string
  target: Outside
  fields: Set<string>
  rows: Fields[]
}

function seamsOf({ relations }: Selection, rows: Fields[]): Seam[] {
  return [...relations].flatMap(([name, { relation, inside, outside }]) =>
    inside ? seamsOf(inside, rowsOf(rows, name)) : [{ name, target: relation.outside!.target, fields: outside, rows }],
  )
}

async function close({ name, target, fields, rows }: Seam): Promise<void> {
  const ids = new Set(rows.flatMap((row) => row[name] as string | string[] | null).filter((id) => id !== null))
  const wanted = [...new Set(['id', ...fields])]
  const found = ids.size > 0 ? await fetched(target, [...ids], wanted) : []
  const byId = new Map(found.map((one) => [one.id as string, pick(one, fields)]))
  for (const row of rows) {
    const held = row[name] as string | string[] | null
    row[name] = Array.isArray(held) ? held.flatMap((id) => byId.get(id) ?? []) : (byId.get(held ?? '') ?? null)
  }
}

async function fetched(target: Outside, ids: string[], fields: string[]): Promise<Fields[]> {
  const signal = AbortSignal.timeout(OUTSIDE_TIMEOUT_MS)
  try {
    return await target.fetch(ids, fields, signal)
  } catch (error) {
    if (!signal.aborted) throw error
    throw new Problem(
      'unavailable',
      `The ${target.name} did not come within ${OUTSIDE_TIMEOUT_MS / 1000} s`,
      'OUTSIDE_TIMEOUT',
    )
  }
}

function pick(row: Fields, fields: Set<string>): Fields {
  return Object.fromEntries([...fields].map((field) => [field, row[field] ?? null]))
}

/** What is below comes first: a total is made of those of its lines. */
function compute({ relations, pure }: Selection, rows: Fields[], context: Fields): void {
  for (const [name, { inside }] of relations) if (inside) compute(inside, rowsOf(rows, name), context)
  for (const [name, { compute: make }] of pure) for (const row of rows) row[name] = make(row as never, context)
}

function prune({ relations, hidden }: Selection, rows: Fields[]): void {
  for (const name of hidden) for (const row of rows) delete row[name]
  for (const [name, { inside }] of relations) if (inside && !hidden.has(name)) prune(inside, rowsOf(rows, name))
}

/** Those of a relation of all rows, whether it is to one or to many. */
function rowsOf(rows: Fields[], name: string): Fields[] {
  return rows.flatMap((row) => (row[name] ?? []) as Fields[])
}
