/** The demo shop: all of it, once, however often it is asked for and wherever it was cut off. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { silent } from '../../cli/progress.ts'
import type { Send } from '../../cli/seed/admin.ts'
import { productAt, products } from '../../cli/seed/catalogue.ts'
import { picturesOf } from '../../cli/seed/pictures.ts'
import { saleAmount, variantsOf } from '../../cli/seed/product.ts'
import { stockOf } from '../../cli/seed/products.ts'
import { type SeededShop, seedShop } from '../../cli/seed/seed-shop.ts'
import { builtRoot, builtTurri } from '../support/built.ts'
import { createWorld, type World } from '../support/index.ts'
import { ended, startProcess } from '../support/processes.ts'
import { ADMIN } from '../support/sign-in.ts'

const PRODUCTS = 55 // more than one batch, and more than are written by hand

let world: World
let shop: SeededShop
beforeAll(async () => {
  world = await createWorld()
  shop = await seed(world)
})
afterAll(() => world.stop())

const sendTo =
  ({ app }: World): Send =>
  async (path, init) =>
    app.request(path, init)

async function seed(into: World, send = sendTo(into)): Promise<SeededShop> {
  return seedShop({ send, token: await into.token(), products: PRODUCTS, progress: silent })
}

/** How many rows of each table there are. */
async function countsOf({ sql }: World): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where column_name = 'deleted_at' and table_schema not in ('turri', 'user', 'auth') order by 1`,
  )
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int from ${name} where deleted_at is null`,
  )
  const rows = await sql<{ name: string; count: number }>(counts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

const inStore = async (path: string, { publishable_key }: SeededShop = shop) =>
  (await world.request('GET', path, undefined, { authorization: '', 'x-publishable-api-key': publishable_key })).body

test('a new shop gets everything that a storefront needs', async () => {
  const all = Array.from({ length: PRODUCTS }, (_, place) => productAt(place))
  expect(shop.products.map(({ handle }) => handle)).toEqual(all.map(({ handle }) => handle))
  expect(await countsOf(world)).toMatchObject({
    'product.product': PRODUCTS,
    'product.product_variant': all.flatMap(variantsOf).length,
    'inventory.inventory_level': all.flatMap(variantsOf).length,
    'product.product_category': 27,
    'product.product_collection': 4,
    'region.region': 2,
    'tax.tax_region': 11,
    'fulfillment.shipping_option': 4,
    'sales_channel.sales_channel': 1,
    'api_key.api_key': 1,
    'pricing.price_list': 1,
    'promotion.promotion': 1,
  })
  const { stores } = (await world.request('GET', '/admin/stores')).body
  expect(stores[0]).toMatchObject({ name: 'Tidewater Goods', default_region_id: shop.regions.eur })
})

test('a storefront sees prices of its region, the sale, the stock, and no drafts', async () => {
  const breton = products.find(({ handle }) => handle === 'breton-tee')!
  for (const currency of ['eur', 'usd'] as const) {
    const path = `/store/products?handle=breton-tee&region_id=${shop.regions[currency]}`
    const { products: found } = await inStore(
      `${path}&fields=variants.sku,*variants.calculated_price,+variants.inventory_quantity`,
    )
    const { variants } = found[0]
    expect(variants).toHaveLength(15)
    for (const { sku, calculated_price, inventory_quantity } of variants) {
      expect(calculated_price).toMatchObject({
        currency_code: currency,
        original_amount: breton.price[currency],
        calculated_amount: saleAmount(breton.price[currency], breton.sale!),
        is_calculated_price_tax_inclusive: currency === 'eur',
      })
      expect(inventory_quantity).toBe(stockOf(sku))
    }
  }
  const drafts = Array.from({ length: PRODUCTS }, (_, i) => productAt(i)).filter(({ status }) => status === 'draft')
  expect(drafts.length).toBeGreaterThan(1)
  expect(await inStore('/store/products?limit=1')).toMatchObject({ count: PRODUCTS - drafts.length })
  expect(await inStore(`/store/products?handle=${drafts[0]!.handle}`)).toMatchObject({ count: 0 })
  const path =
    '/store/product-categories?handle=clothing&include_descendants_tree=true&fields=handle,category_children.handle'
  const { product_categories: tree } = await inStore(path)
  expect(tree[0].category_children[0].category_children.map(({ handle }: { handle: string }) => handle)).toEqual([
    't-shirts',
    'sweatshirts',
    'shirts',
  ])
})

test('repeating it creates nothing', async () => {
  const before = await countsOf(world)
  expect(await seed(world)).toEqual({ ...shop, changes: 0 })
  expect(await countsOf(world)).toEqual(before)
})

test('what has been deleted since is created again', async () => {
  const before = await countsOf(world)
  const { id } = shop.products[0]!
  await world.request('DELETE', `/admin/products/${id}`)
  await world.request('DELETE', `/admin/promotions/${shop.promotion_id}`)
  const again = await seed(world)
  expect(await countsOf(world)).toEqual(before)
  expect(again.promotion_id).not.toBe(shop.promotion_id)
  expect(again.products[0]!.id).not.toBe(id)
  shop = again
})

/** Ends the run in the middle: the change is asked for, and nobody is there any more to hear the answer. */
function killedAt(n: number, send: Send): Send {
  let changes = 0
  return async (path, init) => {
    if (init.method === 'POST' && ++changes >= n) {
      if (changes === n) void send(path, init).catch(() => {})
      throw new Error('killed')
    }
    return send(path, init)
  }
}

test('an interrupted run is completed by the next', async () => {
  const other = await createWorld()
  try {
    for (const n of [1, 2, 15, 3, 9, 20, 1, 13, 1, 1, 1, 1]) {
      await expect(seed(other, killedAt(n, sendTo(other)))).rejects.toThrow('killed')
    }
    const completed = await seed(other)
    expect(completed.changes).toBeGreaterThan(0)
    expect(await countsOf(other)).toEqual(await countsOf(world))
    expect((await seed(other)).changes).toBe(0)
  } finally {
    await other.stop()
  }
})

test('two concurrent runs create nothing twice', async () => {
  const other = await createWorld()
  try {
    await Promise.all([seed(other), seed(other)])
    expect(await countsOf(other)).toEqual(await countsOf(world))
  } finally {
    await other.stop()
  }
})

async function turriSeed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { TURRI_ADMIN_EMAIL: _, TURRI_ADMIN_PASSWORD: __, ...inherited } = process.env
  const env = { ...inherited, NO_COLOR: '1', NODE_OPTIONS: '' }
  const running = promisify(execFile)(process.execPath, [builtTurri, 'seed', ...args], { cwd: builtRoot, env })
  running.child.stdin!.end()
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  )
}

test('`turri seed` prints the ids or an error', async () => {
  const server = await startProcess(world, 'server')
  try {
    const url = ['--url', server.url!]
    const login = ['--email', ADMIN.email, '--password', ADMIN.password]
    const { code, out, err } = await turriSeed(...url, ...login, '--products', '3', '--json')
    expect([code, err]).toEqual([0, expect.stringMatching(/✓ Products +3 with \d+ variants/)])
    expect(JSON.parse(out)).toMatchObject({ url: server.url, ...shop, changes: 0, products: shop.products.slice(0, 3) })
    expect(await turriSeed(...url, ...login, '--password', 'wrong')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^turri: admin@world.test cannot log in at http.*401.*Give --email and --password\.\n$/,
      ),
    })
    expect(await turriSeed(...url)).toMatchObject({
      code: 1,
      err: 'turri: Give the password of admin@turritopsis.test with --password, or in TURRI_ADMIN_PASSWORD.\n',
    })
  } finally {
    server.kill('SIGKILL')
    await ended(server)
  }
  const nobody = 'http://127.0.0.1:1'
  expect(await turriSeed('--url', nobody, '--password', 'a password')).toMatchObject({
    code: 1,
    err: `turri: No server answers at ${nobody}: start \`turri dev\`, or say where one is with --url.\n`,
  })
  expect((await turriSeed('--products', '0')).err).toContain('A whole number from 1 to 100000 is needed.')
})

test('products of a large catalogue have unique handles and SKUs and small images', () => {
  const many = Array.from({ length: 20_000 }, (_, place) => productAt(place))
  expect(new Set(many.map(({ handle }) => handle)).size).toBe(many.length)
  const skus = many.flatMap(variantsOf).map(({ sku }) => sku)
  expect(new Set(skus).size).toBe(skus.length)
  const pictures = products.flatMap(picturesOf)
  expect(Math.max(...pictures.map(({ length }) => length))).toBeLessThan(1024)
  expect(pictures.filter((picture) => /undefined|["<>#]/.test(picture))).toEqual([])
})
