import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/products'
let count = 0

/** What creates a shirt in two sizes; a test says what is different. */
function shirt(more: Record<string, unknown> = {}) {
  const n = ++count
  return {
    title: `Shirt ${n}`,
    options: [{ title: 'Size', values: ['S', 'M'] }],
    variants: ['S', 'M'].map((size) => ({
      title: size,
      sku: `SHIRT-${n}-${size}`,
      options: { Size: size },
      prices: [
        { currency_code: 'eur', amount: 10.5 },
        { currency_code: 'usd', amount: 12, rules: { region_id: 'reg_1' } },
      ],
    })),
    ...more,
  }
}

async function create(more: Record<string, unknown> = {}) {
  const { status, body, headers } = await world.request('POST', path, shirt(more))
  expect([status, body.message]).toEqual([200, undefined])
  return { product: body.product, workflowId: headers.get('x-workflow-id') }
}

test('a product is created with options, variants, prices and items in stock, in one step', async () => {
  const { product, workflowId } = await create({ title: 'Große Hose!', images: [{ url: 'a.png' }, { url: 'b.png' }] })
  expect(product).toMatchObject({
    handle: 'grosse-hose',
    status: 'draft',
    thumbnail: 'a.png',
    images: [
      { url: 'a.png', rank: 0 },
      { url: 'b.png', rank: 1 },
    ],
    options: [{ title: 'Size', is_exclusive: true, values: [{ value: 'S' }, { value: 'M' }] }],
    variants: [
      { title: 'S', variant_rank: 0, options: [{ value: 'S', option: { title: 'Size' } }] },
      { title: 'M', variant_rank: 1, options: [{ value: 'M', option: { title: 'Size' } }] },
    ],
  })
  const methods = await world.sql('select method from turri.receipt where workflow_id = $1 order by finished_at', [
    workflowId,
  ])
  expect(methods).toEqual([{ method: 'createProducts' }])
})

const update = (id: string, body: unknown) => world.request('POST', `${path}/${id}`, body)
const stock = (id: string) =>
  world.sql('select id from inventory.inventory_item where id = $1 and deleted_at is null', [id])
const itemsOf = (variants: { id: string }[]) =>
  world.sql<{ inventory_item_id: string }>(
    'select inventory_item_id from link.product_variant_inventory_item where variant_id = any($1) order by variant_id',
    [variants.map(({ id }) => id)],
  )
const pricesOf = (variant: { id: string }) =>
  world.sql(
    `select price.id, amount::text, currency_code, rules_count from pricing.price join link.product_variant_price_set l using (price_set_id)
     where l.variant_id = $1 and l.deleted_at is null and price.deleted_at is null order by price.id`,
    [variant.id],
  )

test('an update changes what is given and leaves the rest', async () => {
  const { product } = await create({ subtitle: 'a', metadata: { a: 1 } })
  const { status, body } = await update(product.id, { subtitle: null, title: 'New', metadata: { b: 2 } })
  expect(status).toBe(200)
  expect(body.product).toMatchObject({ title: 'New', subtitle: null, handle: product.handle, metadata: { a: 1, b: 2 } })
  expect(body.product.variants).toEqual(product.variants)
})

test('variants in an update replace those of the product', async () => {
  const { product } = await create()
  const [small, medium] = product.variants
  const { body } = await update(product.id, {
    options: undefined,
    variants: [
      {
        id: medium.id,
        title: 'Medium',
        prices: [
          { currency_code: 'EUR', amount: 11 },
          { currency_code: 'gbp', amount: 9 },
        ],
      },
      { title: 'Small again', sku: small.sku, options: { Size: 'S' }, prices: [{ currency_code: 'eur', amount: 1 }] },
    ],
  })
  expect(body.product.variants.map((variant: { title: string }) => variant.title).sort()).toEqual([
    'Medium',
    'Small again',
  ])
  const [kept, dropped] = await pricesOf(medium)
  expect(await pricesOf(medium)).toEqual([
    { id: kept!.id, amount: '11', currency_code: 'eur', rules_count: 0 },
    { id: dropped!.id, amount: '9', currency_code: 'gbp', rules_count: 0 },
  ])
  const [item] = await itemsOf([small])
  expect(await stock(item!.inventory_item_id)).toEqual([])
})

test('a variant that does not fit the options is refused, and nothing is changed', async () => {
  const { product } = await create()
  const [small] = product.variants
  const wrong = [
    [{ title: 'x', options: { Size: 'S' } }, 'same combination'],
    [{ id: 'variant_0', title: 'x' }, 'ProductVariant with id "variant_0" not found'],
    [{ options: { Size: 'M' } }, "Field 'variants, 1, title' is required"],
  ] as const
  for (const [variant, message] of wrong) {
    const { status, body } = await update(product.id, { title: 'Not so', variants: [{ id: small.id }, variant] })
    expect([status >= 400, status < 500, body.message.includes(message)]).toEqual([true, true, true])
  }
  expect((await world.request('GET', `${path}/${product.id}`)).body.product).toEqual(product)
})

test('variants are created, updated and deleted one by one and in a batch', async () => {
  const { product } = await create({ options: [{ title: 'Size', values: ['S', 'M', 'L', 'XL'] }] })
  const at = `${path}/${product.id}/variants`
  const [small, medium] = product.variants
  const added = await world.request('POST', at, {
    title: 'L',
    options: { Size: 'L' },
    prices: [],
    manage_inventory: false,
  })
  const large = added.body.product.variants[2]
  expect([added.status, large.title, large.variant_rank, await itemsOf([large])]).toEqual([200, 'L', 2, []])
  const changed = await world.request('POST', `${at}/${large.id}`, { title: 'Large', manage_inventory: true })
  expect(changed.body.product.variants[2].title).toBe('Large')
  expect(await itemsOf([large])).toHaveLength(1)
  const deleted = await world.request('DELETE', `${at}/${small.id}`)
  expect(deleted.body).toMatchObject({ id: small.id, object: 'variant', deleted: true, parent: { id: product.id } })
  const batch = await world.request('POST', `${at}/batch`, {
    create: [{ title: 'XL', options: { Size: 'XL' }, prices: [{ currency_code: 'eur', amount: 3 }] }],
    update: [{ id: medium.id, weight: 300 }],
    delete: [large.id],
  })
  expect([batch.status, batch.body]).toMatchObject([
    200,
    {
      created: [{ title: 'XL', product_id: product.id }],
      updated: [{ id: medium.id, weight: 300 }],
      deleted: { ids: [large.id], object: 'variant', deleted: true },
    },
  ])
  const listed = await world.request('GET', `${at}?fields=title`)
  expect(listed.body.variants.map(({ title }: { title: string }) => title)).toEqual(['M', 'XL'])
  expect((await world.request('GET', `${at}/${product.variants[0].id}`)).status).toBe(404)
})

test('a batch of products is one change that is done or undone as a whole', async () => {
  const [one, two] = [(await create()).product, (await create()).product]
  const create3 = Array.from({ length: 3 }, () => shirt())
  const { status, body, headers } = await world.request('POST', `${path}/batch`, {
    create: create3,
    update: [{ id: one.id, title: 'Changed' }],
    delete: [two.id],
  })
  expect([status, body.created.map(({ title }: { title: string }) => title)]).toEqual([
    200,
    create3.map(({ title }) => title),
  ])
  expect(body.updated).toMatchObject([{ id: one.id, title: 'Changed' }])
  expect(body.deleted).toEqual({ ids: [two.id], object: 'product', deleted: true })
  const steps = await world.sql('select 1 from turri.receipt where workflow_id = $1', [headers.get('x-workflow-id')])
  expect(steps.length).toBeLessThanOrEqual(6)
  const before = (await world.request('GET', path)).body.count
  const refused = await world.request('POST', `${path}/batch`, {
    create: [shirt(), { ...shirt(), title: 'Changed', handle: one.handle }],
    update: [{ id: one.id, title: 'Not so' }],
  })
  expect([refused.status, refused.body.message]).toEqual([400, `Product with handle: ${one.handle}, already exists.`])
  expect((await world.request('GET', path)).body.count).toBe(before)
})

test('a deleted product leaves nothing behind', async () => {
  const { product } = await create()
  const [variant] = product.variants
  const [item] = await itemsOf(product.variants)
  const { status, body } = await world.request('DELETE', `${path}/${product.id}`)
  expect([status, body]).toEqual([200, { id: product.id, object: 'product', deleted: true }])
  expect(await world.request('GET', `${path}/${product.id}`)).toMatchObject({
    status: 404,
    body: { type: 'not_found', message: 'Product not found' },
  })
  expect(await pricesOf(variant)).toEqual([])
  expect(await stock(item!.inventory_item_id)).toEqual([])
  expect((await world.request('GET', `/admin/product-variants?id=${variant.id}`)).body.count).toBe(0)
  expect((await world.request('POST', path, { ...shirt(), handle: product.handle })).status).toBe(200)
})

test('a product without options or with an invalid handle is refused', async () => {
  const none = await world.request('POST', path, { title: 'Bare' })
  expect(none.body).toEqual({ type: 'invalid_data', message: 'Product options are not provided for: [Bare].' })
  const odd = await world.request('POST', path, shirt({ handle: 'A b' }))
  expect(odd.body.message).toBe("Invalid product handle 'A b'. It must contain URL safe characters")
  expect((await world.request('POST', path, { options: [] })).body.message).toBe(
    "Invalid request: Field 'title' is required",
  )
})

test('inventory items are linked to variants with quantities', async () => {
  const { product } = await create()
  const [small, medium] = product.variants
  const [item] = await itemsOf([small])
  const at = `${path}/${product.id}/variants/${medium.id}/inventory-items`
  const linked = await world.request('POST', at, { inventory_item_id: item!.inventory_item_id, required_quantity: 3 })
  expect([linked.status, linked.body.variant.inventory_items.length]).toEqual([200, 2])
  const again = await world.request('POST', `${at}/${item!.inventory_item_id}`, { required_quantity: 4 })
  expect(again.body.variant.inventory_items).toContainEqual(expect.objectContaining({ required_quantity: 4 }))
  const gone = await world.request('DELETE', `${at}/${item!.inventory_item_id}`)
  expect(gone.body).toMatchObject({ object: 'variant-inventory-item-link', deleted: true, parent: { id: medium.id } })
  expect(gone.body.parent.inventory_items).toHaveLength(1)
})

test('options in an update replace those of the product', async () => {
  const { product } = await create()
  const [small, medium] = product.variants
  const { status, body } = await update(product.id, {
    options: [
      { title: 'Size', values: ['M', 'L'] },
      { title: 'Colour', values: ['Red'] },
    ],
    variants: [
      { id: medium.id, options: { Size: 'M', Colour: 'Red' } },
      { title: 'L', options: { Size: 'L', Colour: 'Red' }, prices: [] },
    ],
  })
  expect([status, body.message]).toEqual([200, undefined])
  expect(body.product.options.map(({ title }: { title: string }) => title)).toEqual(['Size', 'Colour'])
  expect(body.product.variants.map(({ title }: { title: string }) => title)).toEqual(['M', 'L'])
  const gone = await update(product.id, { options: [{ title: 'Size' }] })
  expect([gone.status, gone.body.type]).toEqual([400, 'not_allowed']) // variants have a colour
  expect(small.id).not.toBe(medium.id)
})

test('an exclusive option of a product cannot be added to another', async () => {
  const { product } = await create()
  const [option] = product.options
  const { status, body } = await world.request('POST', path, {
    ...shirt(),
    options: [{ id: option.id }],
    variants: [],
  })
  expect([status, body.message]).toEqual([400, `Product Option with id: ${option.id} is another product's own`])
})

test('an update can have more variants than a filter can have ids', async () => {
  const sizes = Array.from({ length: 600 }, (_, i) => `${i}`)
  const many = () =>
    shirt({
      options: [{ title: 'Size', values: sizes }],
      variants: sizes.map((size) => ({
        title: size,
        options: { Size: size },
        prices: [{ currency_code: 'eur', amount: 1 }],
      })),
    })
  const batch = (body: unknown) => world.request('POST', `${path}/batch?fields=id,variants.id`, body)
  const created = await batch({ create: [many(), many()] })
  expect(created.body.message).toBeUndefined()
  const update = created.body.created.map(({ id, variants }: { id: string; variants: { id: string }[] }) => ({
    id,
    variants: variants.map((variant) => ({ id: variant.id, prices: [{ currency_code: 'eur', amount: 2 }] })),
  }))
  expect((await batch({ update })).body.message).toBeUndefined()
  const ids = update.flatMap(({ variants }: { variants: { id: string }[] }) => variants.map(({ id }) => id))
  const live = () =>
    world.sql(
      `select amount::int, count(*)::int from pricing.price join link.product_variant_price_set l using (price_set_id)
       where l.variant_id = any($1) and price.deleted_at is null group by amount`,
      [ids],
    )
  expect(await live()).toEqual([{ amount: 2, count: 1200 }])
  const emptied = await batch({ update: update.map(({ id }: { id: string }) => ({ id, variants: [] })) })
  expect(emptied.body.message).toBeUndefined()
  expect(await live()).toEqual([])
})

test('a taken handle or SKU is refused with the text of the product', async () => {
  const { product } = await create()
  const again = (more: Record<string, unknown>) => world.request('POST', path, shirt(more))
  expect((await again({ handle: product.handle })).body.message).toBe(
    `Product with handle: ${product.handle}, already exists.`,
  )
  const { sku } = product.variants[0]
  const variants = [{ title: 'S', sku, options: { Size: 'S' }, prices: [] }]
  expect((await again({ variants })).body.message).toBe(`Product Variant with sku: ${sku}, already exists.`)
})

test('a variant whose stock is managed again gets its former item', async () => {
  const { product } = await create()
  const at = `${path}/${product.id}/variants/${product.variants[0].id}`
  const linked = () =>
    world.sql(
      'select inventory_item_id from link.product_variant_inventory_item where variant_id = $1 and deleted_at is null',
      [product.variants[0].id],
    )
  const before = await linked()
  for (const manage_inventory of [false, true]) {
    const { status, body } = await world.request('POST', at, { manage_inventory })
    expect([status, body.message]).toEqual([200, undefined])
    expect(await linked()).toEqual(manage_inventory ? before : [])
  }
})

test('amounts below the precision are shown as zero', async () => {
  const amounts = [0.0001, 0.0002, 10].map((amount, n) => ({ currency_code: ['eur', 'usd', 'gbp'][n], amount }))
  const { product } = await create({ variants: [{ title: 'S', options: { Size: 'S' }, prices: amounts }] })
  const prices = product.variants[0].prices as { amount: number; currency_code: string }[]
  expect(Object.fromEntries(prices.map((one) => [one.currency_code, one.amount]))).toEqual({
    eur: 0,
    usd: 0.0002,
    gbp: 10,
  })
})

test('a trailing slash and an empty order are ignored', async () => {
  const [plain, other] = [
    await world.request('GET', `${path}?limit=2`),
    await world.request('GET', `${path}/?limit=2&order=`),
  ]
  expect([other.status, other.body]).toEqual([200, plain.body])
})

test('the id is returned whatever fields are requested', async () => {
  const { body } = await world.request('GET', `${path}?limit=1&fields=-id,-title`)
  expect([body.products[0].id, body.products[0].title]).toEqual([expect.stringMatching(/^prod_/), undefined])
})

test('a list of products supports the page size of dashboards', async () => {
  const [large, larger] = [
    await world.request('GET', `${path}?limit=10000`),
    await world.request('GET', `${path}?limit=10001`),
  ]
  expect([large.status, large.body.limit, larger.status]).toEqual([200, 10_000, 400])
})

test('products are filtered by alternatives of variants and ordered by their first variant', async () => {
  const made = []
  for (const titles of [['B', 'Y'], ['A', 'Z'], ['C']]) {
    const variants = titles.map((title) => ({ title, options: { Size: title }, prices: [], sku: `ORD-${title}` }))
    made.push((await create({ options: [{ title: 'Size', values: titles }], variants })).product)
  }
  const [by, az, c] = made.map(({ id }) => id)
  const found = async (query: string) => {
    const ids = `&${[by, az, c].map((id) => `id[]=${id}`).join('&')}&fields=id`
    const { status, body } = await world.request('GET', `${path}?${query}${ids}`)
    expect([status, body.message]).toEqual([200, undefined])
    return [body.products.map(({ id }: { id: string }) => id), body.count]
  }
  expect(await found('variants[$or][0][sku]=ORD-C&variants[$or][1][sku]=ORD-Z&order=id')).toEqual([[az, c], 2])
  expect(await found('variants[$and][0][sku]=ORD-A&variants[$and][1][sku]=ORD-Z')).toEqual([[], 0])
  expect(await found('order=variants.title')).toEqual([[az, by, c], 3])
  expect(await found('order=-variants.title')).toEqual([[az, by, c], 3])
})

test('search is case-insensitive in any script', async () => {
  const { product } = await create({ title: 'Ärmel ΣΟΦΟΣ' })
  for (const query of ['q=ärmel', 'title[$ilike]=ärmel%25', 'q=σοφοσ']) {
    const { body } = await world.request('GET', `${path}?${query}&fields=id`)
    expect(body.products).toEqual([{ id: product.id }])
  }
})

test('a batch of levels validates its fields and the requested response', async () => {
  const { product } = await create()
  const at = `${path}/${product.id}/variants/inventory-items/batch`
  const refused = [
    await world.request('POST', at, { delete: [{ variant_id: 'v', inventory_item_id: 'i', more: 1 }] }),
    await world.request('POST', `${at}?more=1`, {}),
  ]
  expect(refused.map(({ status, body }) => [status, body.message])).toEqual([
    [400, "Invalid request: Unrecognized fields: 'more'"],
    [400, "Invalid request: Unrecognized fields: 'more'"],
  ])
  expect((await world.request('POST', at, {})).status).toBe(200)
})
