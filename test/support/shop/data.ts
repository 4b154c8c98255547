/** Random rows of the test's shop, the same for the same seed. */
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Database } from '../../../framework/database.ts'

export type Row = Record<string, unknown> & { id: string }
export type Tables = Record<
  'product' | 'variant' | 'supplier' | 'tag' | 'product_tag' | 'note' | 'depot' | 'product_depot',
  Row[]
>

export const WORDS = ['ant', 'bee', 'cat', 'dog', 'eel', 'fox', 'a%b', 'a_b']
export const TIMES = Array.from({ length: 8 }, (_, i) => new Date(Date.UTC(2026, i, 3, 1, 2, 3, i * 111)).toISOString())

const word = fc.constantFrom(...WORDS)
const time = fc.constantFrom(...TIMES)
const times = { created_at: time, updated_at: time, deleted_at: fc.option(time, { freq: 5 }) }
const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}_${String(i).padStart(3, '0')}`)
const KEYS = { product: ids('prod', 40), supplier: ids('sup', 6), tag: ids('tag', 8), depot: ids('dep', 5) }
const key = (of: keyof typeof KEYS) => fc.constantFrom(...KEYS[of])

const SHAPES: Record<keyof Tables, Record<string, fc.Arbitrary<unknown>>> = {
  product: {
    title: fc.tuple(word, word).map((words) => words.join(' ')),
    rank: fc.option(fc.integer({ min: -3, max: 12 })),
    active: fc.boolean(),
    data: fc.option(fc.record({ color: word, deep: fc.record({ n: fc.integer({ min: 0, max: 3 }) }) })),
    secret: fc.constant('hidden'),
    supplier_id: fc.option(fc.oneof(key('supplier'), fc.constant('sup_none'))),
  },
  variant: { product_id: key('product'), sku: fc.option(word), price: fc.integer({ min: 0, max: 50 }) },
  supplier: { name: word },
  tag: { value: word },
  product_tag: { product_id: key('product'), tag_id: key('tag') },
  depot: { city: word },
  note: { text: word },
  product_depot: { amount: fc.integer({ min: 0, max: 9 }) },
}

export function makeTables(seed: number): Tables {
  const many = (table: keyof Tables, rowIds: string[]): Row[] => {
    const rows = fc.sample(fc.record({ ...SHAPES[table], ...times }), {
      numRuns: rowIds.length,
      seed: seed + table.length,
    })
    return rows.map((row, i) => ({ ...row, id: rowIds[i]! }))
  }
  const pairs = KEYS.product.flatMap((product_id, i) => [
    { product_id, depot_id: KEYS.depot[i % 5]! },
    { product_id, depot_id: KEYS.depot[(i * 3 + 1) % 5]! },
  ])
  const distinct = pairs.filter((pair, i) => pairs.findIndex((p) => JSON.stringify(p) === JSON.stringify(pair)) === i)
  return {
    product: many('product', KEYS.product),
    variant: many('variant', ids('var', 70)),
    supplier: many('supplier', KEYS.supplier),
    tag: many('tag', KEYS.tag),
    product_tag: many('product_tag', ids('prodtag', 60)),
    note: many('note', ids('note', 15)).map((row, i) => ({ ...row, product_id: KEYS.product[i * 2]! })),
    depot: many('depot', KEYS.depot),
    product_depot: many('product_depot', ids('proddep', distinct.length)).map((row, i) => ({
      ...row,
      ...distinct[i]!,
    })),
  }
}

const SCHEMAS: Partial<Record<keyof Tables, string>> = { depot: 'place', product_depot: 'link' }

export async function store(db: Database, tables: Tables): Promise<void> {
  for (const [table, rows] of Object.entries(tables) as [keyof Tables, Row[]][]) {
    const into = db.withSchema(SCHEMAS[table] ?? 'shop').insertInto(table as never)
    await into.values(rows.map(stored) as never).execute()
  }
  await sql`update shop.product set created_at = created_at + interval '456 microseconds'`.execute(db)
}

const stored = (row: Row) => ('data' in row && row.data ? { ...row, data: JSON.stringify(row.data) } : row)
