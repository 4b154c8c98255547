/** Completes an answer after the statement: outside entities, in one batch each, and computed fields. */
import { Problem } from '../framework/problem.ts'
import type { Fields } from '../framework/query.ts'
import type { Outside } from './entities.ts'
import type { Selection } from './selection.ts'

const OUTSIDE_TIMEOUT_MS = 5000

/** Whether Postgres' JSON is the whole answer. */
export function isWhole(selection: Selection): boolean {
  if (selection.pure.size > 0 || selection.hidden.size > 0) return false
  return [...selection.relations.values()].every(({ inside, isDeep }) => inside && !isDeep && isWhole(inside))
}

/** Adds outside entities and pure fields to the rows, in place. A step must not wait for external systems, so there it throws. */
export async function complete(
  selection: Selection,
  rows: Fields[],
  { context, inStep }: { context: Fields; inStep: boolean },
): Promise<void> {
  const nestAll = flattenDeep(selection, rows)
  const references = outsideReferences(selection, rows)
  if (inStep && references.length > 0) {
    throw new Error(
      `A step cannot read '${references[0]!.name}' here: it is outside our database. Ask for it with a \`call\`.`,
    )
  }
  await Promise.all(references.map(resolveReference))
  compute(selection, rows, context)
  removeHidden(selection, rows)
  for (const nest of nestAll) nest()
}

/** A row of a deep relation: it belongs under the row whose `next` is its `of`. */
interface DeepRow {
  of: string
  next: string | null
  row: Fields
}

/** Makes plain lists of deep relations. @returns functions that nest the rows again once everything is added to them. */
function flattenDeep({ relations }: Selection, rows: Fields[]): (() => void)[] {
  return [...relations].flatMap(([name, { relation, inside, isDeep }]) => {
    if (!inside) return []
    const nestAll = isDeep ? rows.map((row) => flatten(row, name, relation.isMany)) : []
    return [...nestAll, ...flattenDeep(inside, rowsOf(rows, name))]
  })
}

function flatten(row: Fields, name: string, isMany: boolean): () => void {
  const deepRows = row[name] as DeepRow[]
  row[name] = deepRows.map((deep) => deep.row)
  return () => {
    const lists = new Map<string | null, Fields[]>(deepRows.map(({ of }) => [of, []]))
    for (const deep of deepRows) lists.get(deep.of)!.push(deep.row)
    const under = (key: string | null) => {
      const rows = lists.get(key) ?? []
      return isMany ? rows : (rows[0] ?? null)
    }
    const keys = new Set(deepRows.map(({ next }) => next))
    const first = deepRows.find(({ of }) => !keys.has(of))
    for (const deep of deepRows) deep.row[name] = under(deep.next)
    row[name] = under(first?.of ?? null)
  }
}

/** A relation to outside entities, with the rows that have their ids. */
interface OutsideReference {
  name: string
  target: Outside
  fields: Set<string>
  rows: Fields[]
}

function outsideReferences({ relations }: Selection, rows: Fields[]): OutsideReference[] {
  return [...relations].flatMap(([name, { relation, inside, outside }]) =>
    inside
      ? outsideReferences(inside, rowsOf(rows, name))
      : [{ name, target: relation.outside!.target, fields: outside, rows }],
  )
}

async function resolveReference({ name, target, fields, rows }: OutsideReference): Promise<void> {
  const ids = new Set(rows.flatMap((row) => row[name] as string | string[] | null).filter((id) => id !== null))
  const withId = [...new Set(['id', ...fields])]
  const found = ids.size > 0 ? await fetchOutside(target, [...ids], withId) : []
  const byId = new Map(found.map((entity) => [entity.id as string, pick(entity, fields)]))
  for (const row of rows) {
    const stored = row[name] as string | string[] | null
    row[name] = Array.isArray(stored) ? stored.flatMap((id) => byId.get(id) ?? []) : (byId.get(stored ?? '') ?? null)
  }
}

async function fetchOutside(target: Outside, ids: string[], fields: string[]): Promise<Fields[]> {
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

/** Computes the fields of related rows first: a total is the sum of the totals of its lines. */
function compute({ relations, pure }: Selection, rows: Fields[], context: Fields): void {
  for (const [name, { inside }] of relations) if (inside) compute(inside, rowsOf(rows, name), context)
  for (const [name, { compute: make }] of pure) for (const row of rows) row[name] = make(row as never, context)
}

function removeHidden({ relations, hidden }: Selection, rows: Fields[]): void {
  for (const name of hidden) for (const row of rows) delete row[name]
  for (const [name, { inside }] of relations) if (inside && !hidden.has(name)) removeHidden(inside, rowsOf(rows, name))
}

/** The related rows of all rows, for relations to one and to many. */
function rowsOf(rows: Fields[], name: string): Fields[] {
  return rows.flatMap((row) => (row[name] ?? []) as Fields[])
}
