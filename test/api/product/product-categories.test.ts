import fc from 'fast-check'
import { createWorld, type World } from '../../support/index.ts'

const SEED = Number(process.env.TEST_SEED ?? 20261121)
const RUNS = Number(process.env.TEST_RUNS ?? 4)

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())
beforeEach(() => world.sql('truncate product.product_category cascade'))

const path = '/admin/product-categories'
const create = (body: unknown) => world.request('POST', path, body)
const change = (id: string, body: unknown) => world.request('POST', `${path}/${id}`, body)

async function category(name: string, parent_category_id: string | null = null, more = {}): Promise<string> {
  return (await create({ name, parent_category_id, ...more })).body.product_category.id
}

/** The tree as it stands: `a(b c(d)) e`, after checking that ranks have no gaps and ways are right. */
async function tree(): Promise<string> {
  const rows = await world.sql<{
    id: string
    name: string
    parent_category_id: string | null
    rank: number
    mpath: string
  }>('select * from product.product_category where deleted_at is null order by rank')
  const below = (parent: string | null, way: string): string[] => {
    const children = rows.filter((row) => row.parent_category_id === parent)
    expect(children.map(({ rank }) => rank)).toEqual(children.map((_, i) => i))
    return children.map((row) => {
      expect(row.mpath).toBe(way + row.id)
      const inside = below(row.id, `${row.mpath}.`)
      return inside.length > 0 ? `${row.name}(${inside.join(' ')})` : row.name
    })
  }
  return below(null, '').join(' ')
}

test('a category is created, listed, updated and deleted', async () => {
  const { status, body } = await create({ name: 'Men’s Shirts', is_active: true, additional_data: null })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.product_category
  expect(id).toMatch(/^pcat_[0-9A-HJKMNP-TV-Z]{26}$/)
  const whole = {
    ...{ id, name: 'Men’s Shirts', description: '', handle: 'mens-shirts', is_active: true, is_internal: false },
    ...{ rank: 0, external_id: null, parent_category_id: null, created_at, updated_at, metadata: null },
    ...{ parent_category: null, category_children: [] },
  }
  expect(body).toEqual({ product_category: whole })
  const page = { product_categories: [whole], count: 1, offset: 0, limit: 50 }
  expect((await world.request('GET', `${path}?q=shirts&is_active=true&limit=9999`)).body).toEqual({
    ...page,
    limit: 9999,
  })
  expect((await world.request('GET', `${path}?is_internal=true`)).body.count).toBe(0)
  const changed = await world.request('POST', `${path}/${id}?fields=name,handle`, { name: 'Shirts' })
  expect(changed.body).toEqual({ product_category: { id, name: 'Shirts', handle: 'mens-shirts' } })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({
    ...{ id, object: 'product_category', deleted: true },
  })
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual([
    'product-category.created',
    'product-category.updated',
    'product-category.deleted',
  ])
})

test('categories are ranked: new ones last or at their rank, moved ones with their descendants, without gaps', async () => {
  const [a, b] = [await category('a'), await category('b')]
  const c = await category('c', null, { rank: 0 })
  expect(await tree()).toBe('c a b')
  const [d, e] = [await category('d', a), await category('e', a)]
  await category('f', e)
  expect(await tree()).toBe('c a(d e(f)) b')
  await change(e, { parent_category_id: b })
  expect(await tree()).toBe('c a(d) b(e(f))')
  await change(e, { parent_category_id: null, rank: 1 })
  expect(await tree()).toBe('c e(f) a(d) b')
  await change(c, { rank: 99 })
  expect(await tree()).toBe('e(f) a(d) b c')
  await change(b, { rank: 0, name: 'B' })
  expect(await tree()).toBe('B e(f) a(d) c')
  await world.request('DELETE', `${path}/${d}`)
  await world.request('DELETE', `${path}/${a}`)
  expect(await tree()).toBe('B e(f) c')
  const { body } = await world.request('GET', `${path}?fields=name&parent_category_id=null`)
  expect(body.product_categories.map(({ name }: { name: string }) => name)).toEqual(['B', 'e', 'c'])
})

test('changes that would break the tree are refused and leave it as it was', async () => {
  const a = await category('a')
  const b = await category('b', a)
  const c = await category('c', b)
  const refusals = [
    [await change(a, { parent_category_id: c }), 400, `Product Category with id: ${a} cannot be moved below itself`],
    [
      await world.request('DELETE', `${path}/${b}`),
      400,
      `Product Category with id: ${b} has category children and cannot be deleted`,
    ],
    [
      await create({ name: 'd', parent_category_id: 'pcat_none' }),
      404,
      'You tried to set relationship parent_category_id: pcat_none, but such entity does not exist',
    ],
    [await change('pcat_none', { rank: 1 }), 404, 'ProductCategory with id "pcat_none" not found'],
    [await world.request('DELETE', `${path}/pcat_none`), 404, 'Product Category with id: pcat_none was not found'],
    [await create({ name: 'A' }), 400, 'Product Category with handle: a, already exists.'],
    [
      await create({ name: 'e', rank: -1 }),
      400,
      "Invalid request: Value for field 'rank' too small, expected at least: '0'",
    ],
  ] as const
  for (const [{ status, body }, expected, message] of refusals)
    expect([status, body.message]).toEqual([expected, message])
  expect(await tree()).toBe('a(b(c))')
})

test('a deleted category cannot be a parent', async () => {
  const a = await category('a')
  await world.request('DELETE', `${path}/${a}`)
  expect((await create({ name: 'b', parent_category_id: a })).status).toBe(404)
})

test('concurrent moves leave one tree with ranks without gaps', async () => {
  const roots = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => category(name)))
  await tree()
  const moves = roots.flatMap((id, i) => [
    change(id, { parent_category_id: roots[(i + 1) % roots.length] }),
    change(id, { rank: i % 3 }),
    create({ name: `new ${i}`, parent_category_id: id, rank: 0 }),
  ])
  const answers = (await Promise.all(moves)).map(({ status, body }) => (status === 200 ? 'done' : body.message))
  const others = answers.filter((answer) => answer !== 'done')
  expect(others.filter((text) => !/cannot be moved below itself$/.test(text))).toEqual([])
  expect([others.length > 0, others.length < roots.length]).toEqual([true, true])
  const shown = await tree()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'new 0', 'new 5']) expect(shown).toContain(name)
})

/** What the tree should be, by the simplest means: lists in lists. */
interface Node {
  id: string
  name: string
  below: Node[]
}
const everyNode = (nodes: Node[]): Node[] => nodes.flatMap((node) => [node, ...everyNode(node.below)])
const shown = (nodes: Node[]): string =>
  nodes.map(({ name, below }) => (below.length > 0 ? `${name}(${shown(below)})` : name)).join(' ')

const which = fc.nat(30)
const rank = fc.option(fc.nat(4), { nil: undefined })
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), to: which, rank }),
  fc.record({ kind: fc.constant('move' as const), of: which, to: fc.option(which, { nil: undefined }), rank }),
  fc.record({ kind: fc.constant('delete' as const), of: which }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

test('random changes keep the tree consistent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      await world.sql('truncate product.product_category cascade')
      const root: Node = { id: '', name: '', below: [] }
      for (const [i, one] of steps.entries()) {
        await take(one, `n${i}`, root)
        expect(await tree()).toBe(shown(root.below))
      }
    }),
    { numRuns: RUNS, seed: SEED },
  )
})

/** Does the same to the shop's tree and to the other; what the other forbids is to be refused. */
async function take(one: Step, name: string, root: Node): Promise<void> {
  const all = [root, ...everyNode(root.below)]
  const at = (n: number) => all[n % all.length]!
  const parentOf = (node: Node) => all.find(({ below }) => below.includes(node))!
  if (one.kind === 'create') {
    const parent = at(one.to)
    const id = await category(name, parent.id || null, { rank: one.rank })
    parent.below.splice(one.rank ?? parent.below.length, 0, { id, name, below: [] })
    return
  }
  const node = at(one.of)
  if (node === root) return
  if (one.kind === 'delete') {
    const { status } = await world.request('DELETE', `${path}/${node.id}`)
    expect(status).toBe(node.below.length > 0 ? 400 : 200)
    if (status === 200) parentOf(node).below.splice(parentOf(node).below.indexOf(node), 1)
    return
  }
  const from = parentOf(node)
  const to = one.to === undefined ? from : at(one.to)
  const given = one.to === undefined ? {} : { parent_category_id: to.id || null }
  const { status } = await change(node.id, { ...given, rank: one.rank })
  const isBelowItself = [node, ...everyNode(node.below)].includes(to)
  expect(status).toBe(isBelowItself ? 400 : 200)
  if (isBelowItself) return
  const place = one.rank ?? (to === from ? from.below.indexOf(node) : to.below.length)
  from.below.splice(from.below.indexOf(node), 1)
  to.below.splice(place, 0, node)
}

test('ancestors and descendants are returned by one statement with the requested fields', async () => {
  const a = await category('a')
  const b = await category('b', a)
  const c = await category('c', b)
  await category('e', b, { rank: 1 })
  await category('d', b, { rank: 1 })
  const before = world.statements.length
  const above = await world.request(
    'GET',
    `${path}/${c}?include_ancestors_tree=true&fields=name,parent_category.handle,parent_category.name`,
  )
  expect(world.statements.length - before).toBe(1)
  expect(above.body.product_category).toEqual({
    id: c,
    name: 'c',
    parent_category: { name: 'b', handle: 'b', parent_category: { name: 'a', handle: 'a', parent_category: null } },
  })
  const roots = await world.request('GET', `${path}?include_descendants_tree=true&parent_category_id=null&fields=name`)
  const leaf = (name: string) => ({ id: expect.any(String), name, category_children: [] })
  expect(roots.body.product_categories).toEqual([
    { id: a, name: 'a', category_children: [{ id: b, name: 'b', category_children: ['c', 'd', 'e'].map(leaf) }] },
  ])
  const plain = await world.request('GET', `${path}/${a}`)
  expect(plain.body.product_category.category_children[0]).not.toHaveProperty('category_children')
  const both = await world.request('GET', `${path}/${b}?include_ancestors_tree=true&include_descendants_tree=true`)
  expect(both.body.product_category).toMatchObject({
    parent_category: { name: 'a', mpath: a, parent_category: null },
    category_children: [{ name: 'c', category_children: [] }, { name: 'd' }, { name: 'e' }],
  })
})

test('a cycle in the tree, which an undo may leave, is read without looping and repaired by a move', async () => {
  const a = await category('a')
  const b = await category('b', a)
  await category('c', b)
  await world.sql(`update product.product_category set parent_category_id = $1, mpath = $2 where id = $3`, [
    ...[b, `${b}.${a}`, a],
  ])
  const { status } = await world.request(
    'GET',
    `${path}/${a}?include_ancestors_tree=true&include_descendants_tree=true`,
  )
  expect(status).toBe(200)
  expect((await change(a, { parent_category_id: null })).status).toBe(200)
  expect(await tree()).toBe('a(b(c))')
})

test('products are added to a category and removed; a deleted category is not returned with products', async () => {
  const id = await category('shirts')
  const options = [{ title: 'Size', values: ['M'] }]
  const product = async (title: string) =>
    (await world.request('POST', '/admin/products', { title, options })).body.product.id as string
  const [a, b, c] = [await product('Put a'), await product('Put b'), await product('Put c')]
  const link = (body: unknown, of = id) => world.request('POST', `${path}/${of}/products?fields=products.title`, body)
  const titles = ({ body }: { body: { product_category: { products: { title: string }[] } } }) =>
    body.product_category.products.map(({ title }) => title)
  expect(titles(await link({ add: [a, b, a] }))).toEqual(['Put a', 'Put b'])
  expect(titles(await link({ add: [b, c], remove: [a, 'prod_none'] }))).toEqual(['Put b', 'Put c'])
  expect((await link({ add: [a, 'prod_none'] })).body.message).toBe('Product with id: prod_none was not found')
  expect((await link({ add: [a] }, 'pcat_none')).status).toBe(404)
  expect(titles(await link({}))).toEqual(['Put b', 'Put c'])
  const found = await world.request('GET', `/admin/products?category_id=${id}&fields=id`)
  expect(found.body.count).toBe(2)
  await world.request('DELETE', `${path}/${id}`)
  const { body } = await world.request('GET', `/admin/products/${b}?fields=categories.name`)
  expect(body.product.categories).toEqual([])
  expect((await world.request('GET', `/admin/products?category_id=${id}`)).body.count).toBe(0)
})
