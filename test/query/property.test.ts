/** Random questions about random rows: the layer and a naive reference agree. */
import fc from 'fast-check'
import { TIMES, WORDS } from '../support/shop/data.ts'
import { NaiveQuery } from './naive.ts'
import { createShop, type ShopWorld } from './world.ts'

const SEED = Number(process.env.TEST_SEED ?? 20261121)
const RUNS = Number(process.env.TEST_RUNS ?? 400)
let shop: ShopWorld
beforeAll(async () => {
  shop = await createShop(SEED)
})
afterAll(() => shop.stop())

const word = fc.constantFrom(...WORDS)
const number = fc.integer({ min: -4, max: 14 })
const time = fc.constantFrom(...TIMES)
const pattern = fc.oneof(
  word,
  word.map((w) => `%${w.slice(1)}%`),
  fc.constantFrom('%', '_nt%', '%o_', 'A%', 'CAT%', '%'),
)
const regex = fc.constantFrom('^a', 't$', 'o.', 'nt|ee', '^[a-d]')

/** A plain value, a list, or one or two operators. */
function comparison<T>(value: fc.Arbitrary<T>, more: Record<string, fc.Arbitrary<unknown>> = {}) {
  const nullable = fc.option(value, { freq: 6 })
  const list = fc.array(nullable, { maxLength: 4 })
  const one = Object.fromEntries(['$gt', '$gte', '$lt', '$lte'].map((op) => [op, value]))
  const operators = { $eq: nullable, $ne: nullable, $in: list, $nin: list.map(withoutNull), ...one, ...more }
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(operators)), { minLength: 1, maxLength: 2 })
  const map = names.chain((chosen) =>
    fc.record(
      Object.fromEntries(
        chosen.map((name) => [name, operators[name as keyof typeof operators] as fc.Arbitrary<unknown>]),
      ),
    ),
  )
  return fc.oneof(nullable, list, map)
}
const withoutNull = <T>(list: T[]) => list.filter((one) => one !== null)

const patterns = { $like: pattern, $ilike: pattern, $re: regex }
const text = comparison(word, patterns)
const FILTERS: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  product: {
    id: comparison(fc.constantFrom('prod_001', 'prod_020', 'prod_039', 'nothing')),
    title: comparison(
      fc.tuple(word, word).map((w) => w.join(' ')),
      patterns,
    ),
    rank: comparison(number),
    active: fc.boolean(),
    created_at: comparison(time),
    deleted_at: comparison(time),
    supplier_id: comparison(fc.constantFrom('sup_000', 'sup_003')),
    variant_count: comparison(fc.integer({ min: 0, max: 4 })),
    scaled: comparison(number),
    stock: comparison(number),
    data: fc.oneof(
      fc.record({ color: text }),
      word.map((color) => ({ $contains: { color } })),
      fc.constant({ $ne: null }),
    ),
  },
  variant: { sku: text, price: comparison(fc.integer({ min: 0, max: 50 })) },
  supplier: { name: text },
  tag: { value: text },
  depot: { city: text },
  product_depot: { amount: comparison(number) },
  note: { text },
}
const RELATIONS: Record<string, Record<string, string>> = {
  product: {
    variants: 'variant',
    supplier: 'supplier',
    tags: 'tag',
    depots: 'depot',
    depots_link: 'product_depot',
    note: 'note',
  },
  variant: { product: 'product' },
  supplier: { products: 'product' },
}

function filters(entity: string, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const related = depth > 0 ? Object.entries(RELATIONS[entity] ?? {}) : []
  const ofRelations = related.map(([name, target]) => [
    name,
    fc.oneof({ weight: 6, arbitrary: filters(target, depth - 1) }, { weight: 1, arbitrary: fc.constant(null) }),
  ])
  const all = { ...FILTERS[entity], ...Object.fromEntries(ofRelations) } as Record<string, fc.Arbitrary<unknown>>
  const plain = fc
    .uniqueArray(fc.constantFrom(...Object.keys(all)), { maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, all[name]!]))))
  if (depth === 0) return plain
  const parts = fc.array(filters(entity, depth - 1), { maxLength: 3 })
  return fc.oneof(
    { weight: 5, arbitrary: plain },
    { weight: 1, arbitrary: fc.record({ $or: parts }) },
    { weight: 1, arbitrary: fc.record({ $and: parts }) },
    { weight: 1, arbitrary: fc.record({ $not: filters(entity, depth - 1) }) },
    { weight: 1, arbitrary: fc.tuple(plain, parts).map(([own, $or]) => ({ ...own, $or })) },
  )
}

const FIELDS: Record<string, string[]> = {
  product: ['id', 'title', 'rank', 'active', 'data', 'created_at', '*', 'variant_count', 'scaled', 'worth', 'stock'],
  variant: ['id', 'sku', 'price', 'double', '*'],
  supplier: ['id', 'name', '*', 'deleted_at'],
  tag: ['value', '*'],
  depot: ['city', '*'],
  product_depot: ['amount'],
  note: ['text', '*'],
}

function path(entity: string, depth: number): fc.Arbitrary<string> {
  const own = fc.constantFrom(...FIELDS[entity]!)
  const related = depth > 0 ? Object.entries(RELATIONS[entity] ?? {}) : []
  if (related.length === 0) return own
  const below = fc.constantFrom(...related).chain(([name, target]) =>
    fc.oneof(
      fc.constant(name),
      path(target, depth - 1).map((rest) => `${name}.${rest}`),
    ),
  )
  return fc.oneof(own, below)
}

const ORDERS: Record<string, string[]> = {
  product: [
    'id',
    'title',
    'rank',
    'active',
    'created_at',
    'supplier.name',
    'note.text',
    'variant_count',
    'scaled',
    'stock',
  ],
  variant: ['id', 'sku', 'price', 'product.title', 'product.rank'],
  supplier: ['id', 'name'],
}

const question = fc.constantFrom('product', 'product', 'product', 'variant', 'supplier').chain((entity) =>
  fc.record({
    entity: fc.constant(entity),
    fields: fc.array(path(entity, 3), { maxLength: 6 }),
    filters: filters(entity, 2),
    q: fc.option(
      fc
        .array(fc.oneof(word, fc.constantFrom('A', 'ee', '1', '%', '\\', 'T F', 'hidden')), { maxLength: 2 })
        .map((w) => w.join(' ')),
      { nil: undefined, freq: 2 },
    ),
    order: fc.option(
      fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...ORDERS[entity]!)).map((o) => o.join('')),
      { nil: undefined },
    ),
    limit: fc.oneof(fc.constantFrom(0, 1, 5, 100), fc.integer({ min: 0, max: 45 })),
    offset: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 45 })),
    withDeleted: fc.boolean(),
    only: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.record({ product: filters('product', 1), variant: filters('variant', 1) }, { requiredKeys: [] }),
      },
    ),
    factor: fc.integer({ min: 1, max: 3 }),
  }),
)

test('the answers are those of the naive reference, each by one statement', async () => {
  const naive = new NaiveQuery(shop.tables)
  let matched = 0
  await fc.assert(
    fc.asyncProperty(question, async ({ entity, factor, ...asked }) => {
      const before = shop.statements.length
      const { rows, count } = await shop.query.list(entity, { ...(asked as object), context: { factor } })
      const expected = naive.list(entity, { ...(asked as Parameters<typeof naive.list>[1]), factor })
      expect(shop.statements.length - before).toBe(1)
      expect({ rows, count }).toEqual(expected)
      const whole = await shop.query.listJson(entity, { ...(asked as object), context: { factor } })
      expect(JSON.parse(whole.json)).toEqual(expected.rows)
      if (rows.length > 0) matched++
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(matched).toBeGreaterThan(RUNS / 6)
})
