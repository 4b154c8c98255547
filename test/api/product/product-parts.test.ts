/** Which options a product has, which images show which of its variants, and which items in stock go with them, and by what they are grouped. */
import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const post = (path: string, body: unknown) => world.request('POST', `/admin/${path}`, body)

interface Option {
  id: string
  title: string
  values: { id: string; value: string }[]
}

async function option(title: string, values: string[], more = {}): Promise<Option> {
  return (await post('product-options', { title, values, ...more })).body.product_option
}

async function product(title: string, more = {}) {
  const given = { title, options: [{ title: 'Size', values: ['S', 'M'] }], ...more }
  return (await post('products', given)).body.product
}

/** Titles of a product's options, with those of their values that it uses. */
async function used(id: string): Promise<Record<string, string[]>> {
  const rows = await world.sql<{ title: string; values: string[] }>(
    `select o.title, array_agg(v.value order by v.value) as values from product.product_product_option p
     join product.product_option o on o.id = p.product_option_id
     left join product.product_product_option_value l on l.product_product_option_id = p.id and l.deleted_at is null
     left join product.product_option_value v on v.id = l.product_option_value_id
     where p.product_id = $1 and p.deleted_at is null group by o.title`,
    [id],
  )
  return Object.fromEntries(rows.map(({ title, values }) => [title, values]))
}

test('options are added to a product (shared or new, with all or some values), updated and removed', async () => {
  const { id } = await product('Many options')
  const [colour, fit] = [await option('Colour', ['blue', 'red']), await option('Fit', ['slim', 'wide'])]
  const blue = colour.values.find(({ value }) => value === 'blue')!.id
  const added = await post(`products/${id}/options/batch`, {
    add: [fit.id, { id: colour.id, value_ids: [blue] }, { title: 'Length', values: ['long'], ranks: { long: 3 } }],
  })
  expect(added.body.product.options.map(({ title }: Option) => title).sort()).toEqual([
    ...['Colour', 'Fit', 'Length', 'Size'],
  ])
  expect(await used(id)).toEqual({ Size: ['M', 'S'], Colour: ['blue'], Fit: ['slim', 'wide'], Length: ['long'] })
  const workflow = [added.headers.get('x-workflow-id')]
  const events = await world.sql('select name from turri.event where workflow_id = $1 order by id', workflow)
  expect(events.map(({ name }) => name)).toEqual(['product.updated', 'product-option.created'])
  const red = colour.values.find(({ value }) => value === 'red')!.id
  await post(`products/${id}/options/batch`, {
    update: [{ product_option_id: colour.id, add: [red, { value: 'green' }, { value: 'red' }], remove: [blue] }],
    remove: [fit.id],
  })
  expect(await used(id)).toEqual({ Size: ['M', 'S'], Colour: ['green', 'red'], Length: ['long'] })
  const list = await world.request('GET', `/admin/products/${id}/options?title=Colour`)
  const shown = { product_options: [{ id: colour.id, title: 'Colour' }], count: 1, offset: 0, limit: 50 }
  expect(list.body).toEqual(shown)
  await post(`products/${id}/options/batch`, { add: [fit.id, fit.id] })
  expect((await used(id)).Fit).toEqual(['slim', 'wide'])
})

test('option values in use stay; exclusive options of other products are refused', async () => {
  const variants = [{ title: 's', options: { Size: 'S' }, prices: [] }]
  const { id, options } = await product('With a variant', { variants })
  const [size] = options as [Option]
  const [s, m] = ['S', 'M'].map((name) => size.values.find(({ value }) => value === name)!.id)
  const update = (remove: (string | undefined)[]) => ({ update: [{ product_option_id: size.id, remove }] })
  const other = await product('Without')
  const refusals = [
    [await post(`products/${id}/options/batch`, { remove: [size.id] }), 400, `Value with id: ${s} cannot be removed`],
    [await post(`products/${id}/options/batch`, update([s])), 400, `Value with id: ${s} cannot be removed`],
    [await post(`products/${other.id}/options/batch`, { add: [size.id] }), 400, "is another product's own"],
    [await post(`products/${other.id}/options/batch`, { add: ['opt_none'] }), 404, 'id not found: opt_none'],
    [
      await post(`products/${other.id}/options/batch`, { add: [{ id: other.options[0].id, value_ids: [s] }] }),
      404,
      `ProductOptionValue id not found: ${s}`,
    ],
    [await post(`products/prod_none/options/batch`, {}), 404, 'Product with id: prod_none was not found'],
  ] as const
  for (const [{ status, body }, expected, text] of refusals) {
    expect([status, body.message]).toEqual([expected, expect.stringContaining(text)])
  }
  expect((await post(`products/${id}/options/batch`, update([m]))).status).toBe(200)
  expect(await used(id)).toEqual({ Size: ['S'] })
})

test('variants have only the values of a shared option that the product uses', async () => {
  const colour = await option('Sheen', ['matt', 'gloss'])
  const matt = colour.values.find(({ value }) => value === 'matt')!.id
  const { id } = await product('Varnish', { options: [{ id: colour.id, value_ids: [matt] }] })
  const variant = (sheen: string) => ({ title: sheen, options: { Sheen: sheen }, prices: [] })
  const refused = await post(`products/${id}/variants`, variant('gloss'))
  expect([refused.status, refused.body.message]).toEqual([400, 'Option value gloss does not exist for option Sheen'])
  const added = await post(`products/${id}/variants`, variant('matt'))
  expect(added.status).toBe(200)
  const [{ id: variant_id }] = added.body.product.variants
  const changed = await post(`products/${id}/variants/${variant_id}`, { options: { Sheen: 'gloss' } })
  expect([changed.status, changed.body.message]).toEqual([400, 'Option value gloss does not exist for option Sheen'])
  const more = { update: [{ product_option_id: colour.id, add: colour.values.map((value) => value.id) }] }
  expect((await post(`products/${id}/options/batch`, more)).status).toBe(200)
  expect((await post(`products/${id}/variants/${variant_id}`, { options: { Sheen: 'gloss' } })).status).toBe(200)
})

test('values in an update replace those that the product uses, even of a shared option', async () => {
  const shade = await option('Shade', ['dark', 'light', 'mild'])
  const { id } = await product('Shaded')
  const size = { title: 'Size', values: ['M', 'S'] }
  const use = async (...values: string[]) => {
    const { status } = await post(`products/${id}`, { options: [size, { id: shade.id, values }] })
    return [status, (await used(id)).Shade]
  }
  expect(await use('dark')).toEqual([200, ['dark']])
  expect(await use('dark', 'light')).toEqual([200, ['dark', 'light']])
  expect(await use('light', 'bright')).toEqual([200, ['bright', 'light']])
  expect((await used(id)).Size).toEqual(['M', 'S'])
  const { body } = await world.request('GET', `/admin/product-options/${shade.id}`)
  const values = body.product_option.values.map(({ value }: { value: string }) => value)
  expect(values.sort()).toEqual(['bright', 'dark', 'light', 'mild'])
})

test('an exclusive option is deleted when it is removed from its product; a shared one stays', async () => {
  const shared = await option('Finish', ['matt'])
  const { id, options } = await product('Giving up')
  const [size] = options as [Option]
  const events = async ({ status, headers }: Awaited<ReturnType<typeof post>>) => {
    const workflow = headers.get('x-workflow-id')
    const rows = await world.sql('select name from turri.event where workflow_id = $1 order by id', [workflow])
    return [status, ...rows.map(({ name }) => name)]
  }
  const isThere = async (one: string) => (await world.request('GET', `/admin/product-options/${one}`)).status === 200
  const added = await post(`products/${id}/options/batch`, { add: [shared.id, { title: 'Cut', values: ['wide'] }] })
  const cut = added.body.product.options.find(({ title }: Option) => title === 'Cut').id
  const removed = await post(`products/${id}/options/batch`, { remove: [cut, shared.id] })
  expect(await events(removed)).toEqual([200, 'product.updated', 'product-option.deleted'])
  expect([await isThere(cut), await isThere(shared.id)]).toEqual([false, true])
  const replaced = await post(`products/${id}`, { options: [{ id: shared.id }] })
  expect((await events(replaced)).sort()).toEqual([200, 'product-option.deleted', 'product.updated'])
  expect([await isThere(size.id), await isThere(shared.id)]).toEqual([false, true])
  expect(await used(id)).toEqual({ Finish: ['matt'] })
})

test('a variant cannot be both updated and deleted', async () => {
  const given = { title: 'S', options: { Size: 'S' }, prices: [] }
  const { id, variants } = await product('Both', { variants: [given] })
  const update = [{ id: variants[0].id, title: 'Small' }]
  const { status, body } = await post(`products/${id}/variants/batch`, { update, delete: [variants[0].id] })
  const message = `Product Variant with id: ${variants[0].id} cannot be both updated and deleted`
  expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
})

test('of two changes of one variant, or product, in one request the later counts', async () => {
  const prices = (amount: number) => [{ currency_code: 'eur', amount }]
  const variant = (size: string) => ({ title: size, options: { Size: size }, prices: prices(1) })
  const { id, variants } = await product('Twice', { variants: [variant('S')], images: [{ url: 'a.png' }] })
  const twice = ['S', 'M'].map((size, i) => ({ id: variants[0].id, options: { Size: size }, prices: prices(i + 2) }))
  expect((await post(`products/${id}/variants/batch`, { update: twice })).status).toBe(200)
  const updates = [
    { variants: [], images: [{ url: 'b.png' }] },
    { variants: [{ id: variants[0].id }], images: [{ url: 'c.png' }] },
  ]
  expect((await post('products/batch', { update: updates.map((one) => ({ id, ...one })) })).status).toBe(200)
  const { body } = await world.request('GET', `/admin/products/${id}`)
  expect(body.product).toMatchObject({
    images: [{ url: 'c.png' }],
    variants: [{ options: [{ value: 'M' }], prices: [{ amount: 3 }] }],
  })
  expect([body.product.images.length, body.product.variants[0].options.length]).toEqual([1, 1])
  expect(body.product.variants[0].prices).toHaveLength(1)
})

test('images are added to variants from either side; removing an image removes the thumbnail', async () => {
  const variants = ['S', 'M'].map((size) => ({ title: size, options: { Size: size }, prices: [] }))
  const made = await product('Pictures', { variants, images: [{ url: 'a.png' }, { url: 'b.png' }] })
  const [a, b] = made.images.map(({ id }: { id: string }) => id)
  const [s, m] = made.variants.map(({ id }: { id: string }) => id)
  const shown = async (id: string) => {
    const { body } = await world.request('GET', `/admin/products/${made.id}/variants/${id}?fields=thumbnail,images.url`)
    return [body.variant.thumbnail, ...body.variant.images.map(({ url }: { url: string }) => url)]
  }
  const ofImage = await post(`products/${made.id}/images/${a}/variants/batch`, { add: [s, m] })
  expect([ofImage.status, ofImage.body]).toEqual([200, { added: [s, m], removed: [] }])
  await post(`products/${made.id}/variants/${s}`, { thumbnail: 'a.png' })
  expect(await shown(s)).toEqual(['a.png', 'a.png'])
  const ofVariant = await post(`products/${made.id}/variants/${s}/images/batch`, { add: [b, b], remove: [a] })
  expect(ofVariant.body).toEqual({ added: [b, b], removed: [a] })
  expect([await shown(s), await shown(m)]).toEqual([
    [null, 'b.png'],
    [null, 'a.png'],
  ])
  const other = await product('Other pictures', { images: [{ url: 'c.png' }] })
  const foreign = await post(`products/${made.id}/variants/${s}/images/batch`, { add: [other.images[0].id] })
  expect([foreign.status, foreign.body.message]).toEqual([
    404,
    `Product Image with id: ${other.images[0].id} was not found`,
  ])
})

test('an inventory item of several variants is deleted with the last of them', async () => {
  const values = Array.from({ length: 200 }, (_, i) => `${i}`)
  const { id: item } = (await post('inventory-items', { sku: 'BLANK' })).body.inventory_item
  const inventory_items = [{ inventory_item_id: item, required_quantity: 1 }]
  const variants = values.map((size) => ({ title: size, options: { Size: size }, prices: [], inventory_items }))
  const made = await product('Many of one', { options: [{ title: 'Size', values }], variants })
  const isThere = async () => (await world.request('GET', `/admin/inventory-items/${item}`)).status === 200
  const kept = await post(`products/${made.id}`, { variants: [{ id: made.variants[0].id }] })
  expect([kept.status, await isThere()]).toEqual([200, true])
  const gone = await world.request('DELETE', `/admin/products/${made.id}`)
  expect([gone.status, await isThere()]).toEqual([200, false])
})

test('a product cannot have deleted groups', async () => {
  const { id } = await product('Ungrouped')
  const [tag, type] = [await post('product-tags', { value: 'Old' }), await post('product-types', { value: 'Old' })]
  const collection = await post('collections', { title: 'Old' })
  const category = await post('product-categories', { name: 'Old' })
  const [tag_id, type_id] = [tag.body.product_tag.id, type.body.product_type.id]
  const [collection_id, category_id] = [collection.body.collection.id, category.body.product_category.id]
  const groups = [
    ['product-tags', 'product_tag_id', tag_id, { tags: [{ id: tag_id }] }],
    ['product-types', 'type_id', type_id, { type_id }],
    ['collections', 'collection_id', collection_id, { collection_id }],
    ['product-categories', 'product_category_id', category_id, { categories: [{ id: category_id }] }],
  ] as const
  for (const [path, key, group, given] of groups) {
    expect((await post(`products/${id}`, given)).status).toBe(200)
    expect((await world.request('DELETE', `/admin/${path}/${group}`)).status).toBe(200)
    const message = `You tried to set relationship ${key}: ${group}, but such entity does not exist`
    const created = { title: `By ${key}`, options: [{ title: 'Size', values: ['S'] }], ...given }
    for (const { status, body } of [await post('products', created), await post(`products/${id}`, given)])
      expect([status, body]).toEqual([404, { type: 'not_found', message }])
  }
})

test('an option value has its products', async () => {
  const { id, options } = await product('Used')
  const fields = 'id,values.product_options.product_id'
  const { body } = await world.request('GET', `/admin/product-options/${options[0].id}?fields=${fields}`)
  expect(body.product_option.values[0].product_options).toEqual([{ product_id: id }])
})

test('an update with a sales channel or profile that does not exist is refused', async () => {
  const { id } = await product('Nowhere')
  for (const [given, message] of [
    [{ shipping_profile_id: 'none' }, 'ShippingProfile id not found: none'],
    [{ sales_channels: [{ id: 'none' }] }, 'SalesChannel id not found: none'],
  ] as const) {
    expect(await post(`products/${id}`, { title: 'Gone', ...given })).toMatchObject({ status: 404, body: { message } })
  }
  expect((await world.request('GET', `/admin/products/${id}`)).body.product.title).toBe('Nowhere')
})

test('a price with an id in a list that replaces prices is that price', async () => {
  const prices = [{ currency_code: 'eur', amount: 1 }]
  const { id, variants } = await product('Named price', { variants: [{ title: 'S', options: { Size: 'S' }, prices }] })
  const [{ id: variant, prices: stored }] = variants
  const wanted = [
    { currency_code: 'eur', amount: 2 },
    { id: stored[0].id, amount: 3 },
  ]
  const { status, body } = await post(`products/${id}/variants/${variant}`, { prices: wanted })
  expect([status, body.message]).toEqual([200, undefined])
  const given = body.product.variants[0].prices.map(({ id, amount }: { id: string; amount: number }) => [id, amount])
  expect(given).toEqual([
    [stored[0].id, 3],
    [expect.stringMatching(/^price_/), 2],
  ])
})
