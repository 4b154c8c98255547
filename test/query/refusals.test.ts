import { sql } from 'kysely'
import { extendEntity } from '../../framework/link/define-link.ts'
import { computedBySql } from '../../framework/model/computed.ts'
import type { Filters, ListOptions } from '../../framework/query.ts'
import { createEntities } from '../../query/entities.ts'
import { createQuery } from '../../query/index.ts'
import { shopLinks, shopModules } from '../support/shop/modules.ts'
import { createShop, type ShopWorld } from './world.ts'

let shop: ShopWorld
beforeAll(async () => {
  shop = await createShop(5)
})
afterAll(() => shop.stop())

const asked = (listing: ListOptions) => shop.query.list('product', { fields: ['id'], ...listing })

test.each<[string, ListOptions, string]>([
  ['an unknown column', { filters: { nothing: 1 } }, 'column product.nothing does not exist'],
  [
    'an unknown column of a relation',
    { filters: { variants: { nothing: 1 } } },
    'column variant.nothing does not exist',
  ],
  ['a field that is computed by a pure function', { filters: { worth: 1 } }, 'column product.worth does not exist'],
  ['a secret', { filters: { secret: 'hidden' } }, 'column product.secret does not exist'],
  [
    'a name of every object',
    { filters: { toString: 'a', constructor: 'b' } as never },
    'column product.toString does not exist',
  ],
  ['an unknown operator', { filters: { rank: { $near: 1 } } }, "Invalid request: Unrecognized fields: 'rank.$near'"],
  [
    'a number that is none',
    { filters: { rank: 'many' } },
    "Invalid request: Expected type: 'number' for field 'rank', got: 'many'",
  ],
  [
    'a number that is too large',
    { filters: { rank: 1e300 } },
    "Invalid request: Expected type: 'number' for field 'rank', got: '1e+300'",
  ],
  [
    'half a number',
    { filters: { rank: 1.5 } },
    "Invalid request: Expected type: 'number' for field 'rank', got: '1.5'",
  ],
  [
    'a flag that is none',
    { filters: { active: 'maybe' } },
    "Invalid request: Expected type: 'boolean' for field 'active', got: 'maybe'",
  ],
  [
    'a date that is none',
    { filters: { created_at: { $gt: '+012345-01-01' } } },
    "Invalid request: Expected type: 'date' for field 'created_at', got: '+012345-01-01'",
  ],
  [
    'a list that is none',
    { filters: { rank: { $in: 3 as never } } },
    "Invalid request: Expected type: 'array' for field 'rank, $in', got: '3'",
  ],
  [
    'alternatives that are no list',
    { filters: { $or: { rank: 1 } } },
    `Invalid request: Expected type: 'array' for field '$or', got: '{"rank":1}'`,
  ],
  [
    'a pattern that is none',
    { filters: { title: { $re: '[' } } },
    'The pattern is not valid: invalid regular expression: brackets [] not balanced',
  ],
  [
    'a pattern that ends in an escape',
    { filters: { title: { $like: 'a\\' } } },
    'The pattern is not valid: LIKE pattern must not end with escape character',
  ],
  ['NUL', { filters: { title: 'a\0b' } }, 'The request has characters that cannot be stored, such as NUL'],
  ['NUL in q', { q: 'a\0b' }, 'The request has characters that cannot be stored, such as NUL'],
  ['an order by nothing', { order: 'nothing' }, 'column product.nothing does not exist'],
  ['an order by a secret', { order: '-secret' }, 'column product.secret does not exist'],
  ['an order by JSON', { order: 'data' }, 'Order field data is not valid'],
  ['an order by a relation', { order: 'supplier' }, 'Order field supplier is not valid'],
  ['an order that ends nowhere', { order: 'supplier.' }, 'column supplier. does not exist'],
  [
    'an order that the route does not allow',
    { order: 'rank', config: { defaults: ['id'], allowed: ['title'] } },
    'Order field rank is not valid',
  ],
])('%s is refused', async (_, listing, message) => {
  await expect(asked(listing)).rejects.toMatchObject({ type: 'invalid_data', message })
})

const nested = (levels: number): Filters => (levels === 0 ? { rank: 1 } : { $and: [nested(levels - 1)] })

test.each<[string, Filters, string]>([
  ['levels', nested(9), 'The filters are more than 8 levels deep'],
  [
    'conditions',
    { $or: Array.from({ length: 101 }, () => ({ rank: 1 })) },
    'The filters have more than 100 conditions',
  ],
])('too many %s are refused', async (_, filters, message) => {
  await expect(asked({ filters })).rejects.toThrow(message)
})

const HOSTILE = [
  `'; drop table shop.product; --`,
  `" or 1=1 --`,
  `x') union select secret from shop.product --`,
  '$1',
  '%s',
  `\\'; select pg_sleep(10); --`,
  '`1`',
  '{"a":1}',
  '{a,b}',
  'a"b',
]

test.each(HOSTILE)('%s is a value like any other', async (text) => {
  await shop.db
    .withSchema('shop')
    .insertInto('tag' as never)
    .values({ id: `tag_${text}`, value: text } as never)
    .execute()
  const tags = (listing: ListOptions) => shop.query.list('tag', { fields: ['value'], ...listing })
  expect(await tags({ filters: { value: text } })).toEqual({ rows: [{ value: text }], count: 1 })
  expect((await tags({ filters: { value: [text, 'other'] } })).count).toBe(1)
  expect((await tags({ q: text.split(' ')[0]! })).rows).toContainEqual({ value: text })
  expect(await shop.query.retrieve('tag', `tag_${text}`, { fields: ['value'] })).toEqual({ value: text })
  expect((await asked({ filters: { data: { [`a${text}`]: text } } })).count).toBe(0)
  expect(await asked({ context: { factor: 1 }, filters: { scaled: 1 } })).toEqual(await asked({ filters: { rank: 1 } }))
})

test.each(HOSTILE)('%s as a name is no SQL', async (name) => {
  const before = (await asked({ limit: 0 })).count
  await expect(asked({ filters: { [name]: 'a' } })).rejects.toMatchObject({ type: 'invalid_data' })
  await expect(asked({ filters: { rank: { [name]: 1 } } })).rejects.toMatchObject({ type: 'invalid_data' })
  await expect(asked({ order: name })).rejects.toMatchObject({ type: 'invalid_data' })
  expect(
    (await asked({ fields: `id,${name.replaceAll(',', '')},variants.${name.replaceAll(',', '')}`, limit: 1 })).rows,
  ).toHaveLength(1)
  expect((await asked({ limit: 0 })).count).toBe(before)
})

test('a secret is in no answer, by whatever name', async () => {
  const { rows } = await shop.query.list('product', {
    fields: '*,secret,+secret,supplier.products.*,supplier.products.secret',
  })
  expect(rows.length).toBeGreaterThan(5)
  expect(JSON.stringify(rows)).not.toMatch(/secret|hidden/)
  expect((await asked({ q: 'hidden' })).count).toBe(0)
})

test('what is not there is refused by name', async () => {
  const missing = { type: 'not_found', message: 'Product with id: prod_x was not found' }
  await expect(shop.query.retrieve('product', 'prod_x')).rejects.toMatchObject(missing)
  const { id } = shop.tables.product.find(({ deleted_at }) => deleted_at !== null)!
  await expect(shop.query.retrieve('product', id)).rejects.toMatchObject({ type: 'not_found' })
  expect(await shop.query.retrieve('product', id, { fields: ['id'], withDeleted: true })).toEqual({ id })
  await expect(shop.query.list('nothing')).rejects.toThrow("No module of this project has the entity 'nothing'")
})

test('one can be retrieved by another column, and only where it matches', async () => {
  const { id, title, active } = shop.tables.product.find(({ deleted_at }) => deleted_at === null)!
  expect(await shop.query.retrieve('product', title as string, { key: 'title', fields: ['title'] })).toEqual({ title })
  await expect(shop.query.retrieve('product', 'none', { key: 'title' })).rejects.toThrow(
    'Product with title: none was not found',
  )
  await expect(shop.query.retrieve('product', id, { filters: { active: !active } })).rejects.toMatchObject({
    type: 'not_found',
  })
})

test('reads cannot write, whatever a computed field does', async () => {
  await sql`create sequence shop.seq`.execute(shop.db)
  const sneaky = extendEntity('tag', { sneaky: computedBySql('integer', () => sql`select nextval('shop.seq')`) })
  const query = createQuery(shop.readDb, shopModules, [...shopLinks, sneaky])
  await expect(query.list('tag', { fields: ['sneaky'] })).rejects.toThrow(/read-only transaction/)
})

test('a read that takes too long is broken off, with a clear answer', async () => {
  const slow = extendEntity('tag', { slow: computedBySql('text', () => sql`select pg_sleep(20)::text`) })
  const query = createQuery(shop.readDb, shopModules, [...shopLinks, slow])
  await expect(query.list('tag', { fields: ['slow'], limit: 1 })).rejects.toMatchObject({
    type: 'unavailable',
    code: 'QUERY_TIMEOUT',
  })
})

test('a layer that refers to what there is not is refused when it is put together', () => {
  const [shopModule] = shopModules
  const broken = { ...shopModule!, models: { Product: shopModule!.models.Product! } }
  expect(() => createEntities([broken])).toThrow("No module of this project has the entity 'supplier'")
  expect(() =>
    createEntities(shopModules, [
      ...shopLinks,
      { kind: 'readonly', from: 'product', column: 'rank', as: 'title', to: 'depot' },
    ]),
  ).toThrow("The entity product has two fields 'title'")
  expect(() =>
    createEntities(shopModules, [{ kind: 'readonly', from: 'product', column: 'nothing', as: 'x', to: 'depot' }]),
  ).toThrow('A relation refers to product.nothing, which is no column')
})

test('entities of one name in several modules are told apart by their module', () => {
  const [shopModule] = shopModules
  const entities = createEntities(
    [shopModule!, { ...shopModule!, name: 'other', models: { Tag: shopModule!.models.Tag! } }].map((module) =>
      module.name === 'shop' ? { ...module, models: { Tag: module.models.Tag! } } : module,
    ),
  )
  expect(() => entities.get('tag')).toThrow("Several modules have an entity 'tag': say shop.tag and other.tag")
  expect(entities.get('other.tag').schema).toBe('other')
})
