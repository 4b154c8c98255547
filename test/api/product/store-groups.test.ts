import { createWorld, type World } from '../../support/index.ts'

let world: World
let key: string
const ids: Record<string, string> = {}

const post = async (path: string, body: unknown) => (await world.request('POST', `/admin/${path}`, body)).body

async function product(title: string, status: string): Promise<string> {
  const { body } = await world.request('POST', '/admin/products', {
    ...{ title, status, options: [{ title: 'Size', values: ['M'] }] },
    ...{ collection_id: ids.collection, type_id: ids.type },
    ...{ tags: [{ id: ids.tag }], categories: [{ id: ids.shirts }, { id: ids.hidden }] },
    sales_channels: [{ id: ids.channel }],
  })
  return body.product.id
}

async function category(name: string, parent_category_id: string | null, more = {}): Promise<string> {
  return (await post('product-categories', { name, parent_category_id, is_active: true, ...more })).product_category.id
}

beforeAll(async () => {
  world = await createWorld()
  ids.channel = (await post('sales-channels', { name: 'Web' })).sales_channel.id
  const { api_key } = await post('api-keys', { title: 'Shop', type: 'publishable' })
  key = api_key.token
  await post(`api-keys/${api_key.id}/sales-channels`, { add: [ids.channel] })
  ids.collection = (await post('collections', { title: 'Summer' })).collection.id
  ids.later = (await post('collections', { title: 'Winter' })).collection.id
  ids.type = (await post('product-types', { value: 'shirt' })).product_type.id
  ids.tag = (await post('product-tags', { value: 'new' })).product_tag.id
  ids.clothes = await category('Clothes', null)
  ids.hidden = await category('Staff', ids.clothes, { is_internal: true })
  ids.inside = await category('Inside staff', ids.hidden)
  ids.shirts = await category('Shirts', ids.clothes)
  ids.soon = await category('Soon', ids.clothes, { is_active: false })
  ids.open = await product('Open', 'published')
  ids.draft = await product('Draft', 'draft')
})
afterAll(() => world.stop())

const get = (path: string) =>
  world.request('GET', `/store/${path}`, undefined, { authorization: '', 'x-publishable-api-key': key })

test('collections are listed newest first, without metadata, ten at a time', async () => {
  const { body } = await get('collections')
  expect(body).toMatchObject({ count: 2, offset: 0, limit: 10 })
  expect(body.collections.map(({ title }: { title: string }) => title)).toEqual(['Winter', 'Summer'])
  const names = ['created_at', 'external_id', 'handle', 'id', 'title', 'updated_at']
  expect(Object.keys(body.collections[0]).sort()).toEqual(names)
  expect((await get('collections?handle=summer&fields=id, handle, title')).body.collections).toEqual([
    { id: ids.collection, handle: 'summer', title: 'Summer' },
  ])
  expect((await get(`collections/${ids.later}`)).body.collection.title).toBe('Winter')
  expect((await get('collections/pcol_none')).body).toEqual({
    ...{ type: 'not_found', message: 'Product Collection with id: pcol_none was not found' },
  })
})

test('products are published at every depth of a response', async () => {
  const titles = ({ products }: { products: { title: string }[] }) => products.map(({ title }) => title)
  expect(titles((await get(`collections/${ids.collection}?fields=*products`)).body.collection)).toEqual(['Open'])
  expect(titles((await get(`product-tags/${ids.tag}`)).body.product_tag)).toEqual(['Open'])
  expect(titles((await get(`product-types/${ids.type}`)).body.product_type)).toEqual(['Open'])
  const shirts = await get(`product-categories/${ids.shirts}?fields=products.title`)
  expect(titles(shirts.body.product_category)).toEqual(['Open'])
  const [clothes] = (await get('product-categories?handle=clothes&fields=name,category_children.products.title')).body
    .product_categories
  expect(clothes.category_children.map(titles)).toEqual([['Open']])
  await world.request('POST', `/admin/products/${ids.draft}`, { status: 'published' })
  expect(titles((await get(`product-types/${ids.type}`)).body.product_type)).toEqual(['Open', 'Draft'])
  await world.request('DELETE', `/admin/products/${ids.draft}`)
  expect(titles((await get(`product-types/${ids.type}?fields=*products`)).body.product_type)).toEqual(['Open'])
  expect((await get('product-types?with_deleted=true&fields=products.title')).body.product_types.map(titles)).toEqual([
    ['Open'],
  ])
})

test('only active categories that are not internal are in lists, relations and trees', async () => {
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name)
  const { body } = await get('product-categories')
  expect([body.count, names(body.product_categories).sort()]).toEqual([3, ['Clothes', 'Inside staff', 'Shirts']])
  for (const id of [ids.hidden, ids.soon]) expect((await get(`product-categories/${id}`)).status).toBe(404)
  const tree = await get('product-categories?parent_category_id=null&include_descendants_tree=true&fields=name,rank')
  expect(tree.body.product_categories).toEqual([
    {
      ...{ id: ids.clothes, name: 'Clothes', rank: 0 },
      category_children: [{ id: ids.shirts, name: 'Shirts', rank: 1, category_children: [] }],
    },
  ])
  const inside = await get(`product-categories/${ids.inside}?include_ancestors_tree=true`)
  expect(inside.body.product_category).toMatchObject({ parent_category_id: ids.hidden, parent_category: null })
  const shown = await get(`product-categories/${ids.shirts}`)
  expect(shown.body.product_category.parent_category.name).toBe('Clothes')
  expect(shown.body.product_category).not.toHaveProperty('is_internal')
  const found = await get(`product-categories?q=staff`)
  expect(names(found.body.product_categories)).toEqual(['Inside staff'])
  expect(names((await get('product-categories?name=Shirts&with_deleted=true')).body.product_categories)).toEqual([
    'Shirts',
  ])
  const page = await get(`products?fields=title,*categories`)
  expect(page.body.products.map(({ categories }: { categories: { name: string }[] }) => names(categories))).toEqual([
    ['Shirts'],
  ])
})

test('fields and filters that storefronts may not use are omitted or refused', async () => {
  const { body } = await get(`product-categories/${ids.shirts}?fields=name,mpath,is_active,products.status`)
  expect(body.product_category).toEqual({ id: ids.shirts, name: 'Shirts' })
  expect((await get('collections?order=mpath')).body.message).toBe('Order field mpath is not valid')
  const deep = await get('product-categories?handle=shirts&fields=name,parent_category.products.title')
  expect(deep.body.product_categories).toEqual([{ id: ids.shirts, name: 'Shirts' }])
})

test('tags, types and options are listed by id, fifty at a time', async () => {
  const tags = await get('product-tags')
  expect(tags.body).toMatchObject({ count: 1, limit: 50, product_tags: [{ value: 'new', metadata: null }] })
  expect((await get('product-types?value=shirt')).body).toMatchObject({ count: 1, limit: 50 })
  const { body } = await get('product-options?is_exclusive=true&limit=1')
  expect(body).toMatchObject({ limit: 1, product_options: [{ title: 'Size', values: [{ value: 'M' }] }] })
  expect(body.product_options[0]).not.toHaveProperty('products')
  const [{ id }] = body.product_options
  expect((await get(`product-options/${id}?fields=title,values.value`)).body.product_option).toEqual({
    ...{ id, title: 'Size', values: [{ value: 'M' }] },
  })
})

test('every request may have a locale; a quantity requires one sales channel', async () => {
  expect((await get('collections?locale=de-DE')).status).toBe(200)
  const quantities = 'products?fields=id,variants.inventory_quantity'
  expect((await get(quantities)).status).toBe(200)
  const [{ id: keyId }] = (await world.sql('select id from api_key.api_key where token = $1', [key])) as [
    { id: string },
  ]
  const { sales_channel } = await post('sales-channels', { name: 'Till' })
  await post(`api-keys/${keyId}/sales-channels`, { add: [sales_channel.id] })
  expect((await get(quantities)).body).toEqual({
    type: 'invalid_data',
    message: 'An inventory quantity is that of one sales channel: say which as sales_channel_id',
  })
  expect((await get(`${quantities}&sales_channel_id=${ids.channel}`)).status).toBe(200)
})
