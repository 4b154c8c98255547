/** A catalogue under fire: products are made, changed and deleted over HTTP while everything is killed, and then nothing may be half done. */
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { tallyErrors } from '../../framework/tally/install.ts'
import { productTally } from '../../links/product-tally.ts'
import { type Arena, killAlong, patiently } from './chaos.ts'

const CLIENTS = 6
const SETTLED_WITHIN_MS = 180_000

export interface ShopRound {
  changes: number
  kills: number
}

interface Shop {
  arena: Arena
  /** Keys of one round are not those of another. */
  round: string
  sales_channel_id: string
  shipping_profile_id: string
  changes: number
}

/** Each play so many times, while one thing after the other is killed. @throws when something is missing, half done, or left over. */
export async function playShop(arena: Arena, times: number, random: () => number): Promise<ShopRound> {
  await empty(arena)
  const shop = await openShop(arena)
  let left = times * PLAYS.length
  const working = Array.from({ length: CLIENTS }, async () => {
    while (left > 0) await PLAYS[left % PLAYS.length]!(shop, `shirt-${left--}`)
  })
  const killing = killAlong(arena, () => left <= 0, random)
  await Promise.all(working)
  const kills = await killing
  await arena.up()
  const found = await wrongIn(arena, times)
  if (found.length > 0) throw new Error(`After ${shop.changes} changes and ${kills} kills: ${found.join('; ')}`)
  return { changes: shop.changes, kills }
}

/** What is done with one handle. */
const PLAYS = [
  (shop: Shop, handle: string) => create(shop, handle),
  async (shop: Shop, handle: string) => {
    const { id, variants } = await create(shop, handle)
    const kept = { id: variants[0]!.id, prices: [price(20)] }
    const body = { title: 'Changed', variants: [kept, { ...variant(handle, 'L'), options: { Size: 'M' } }] }
    await ask(shop, 'POST', `/admin/products/${id}`, body, `${handle}-update`)
  },
  async (shop: Shop, handle: string) => {
    const { id } = await create(shop, handle)
    await ask(shop, 'DELETE', `/admin/products/${id}`, undefined, `${handle}-delete`)
  },
  async (shop: Shop, handle: string) => {
    const two = ['a', 'b'].map((part) => product(shop, `${handle}-${part}`))
    const refused = await ask(shop, 'POST', BATCH, { create: [...two, two[0]] }, `${handle}-refused`)
    if (refused.status !== 400) throw new Error(`Two products of one handle: HTTP ${refused.status}`)
    await ask(shop, 'POST', BATCH, { create: two }, `${handle}-batch`)
  },
]
/** How many products there are after all of them, and how many there have been. */
const PRODUCTS_OF_ALL_PLAYS = 4
const CREATED_BY_ALL_PLAYS = 5
const BATCH = '/admin/products/batch'

interface Made {
  id: string
  variants: { id: string }[]
}

async function create(shop: Shop, handle: string): Promise<Made> {
  const { body } = await ask(shop, 'POST', '/admin/products', product(shop, handle), `${handle}-create`)
  return (body as { product: Made }).product
}

const price = (amount: number) => ({ currency_code: 'eur', amount })
const variant = (handle: string, size: string) => ({ title: size, sku: `${handle}-${size}`, prices: [price(10)] })

function product({ sales_channel_id, shipping_profile_id }: Shop, handle: string) {
  return {
    title: 'Shirt',
    handle,
    shipping_profile_id,
    sales_channels: [{ id: sales_channel_id }],
    options: [{ title: 'Size', values: ['S', 'M'] }],
    variants: ['S', 'M'].map((size) => ({ ...variant(handle, size), options: { Size: size } })),
  }
}

interface Answer {
  status: number
  body: unknown
}

/** Asked with the same key until there is an answer: what was asked for, or a refusal. */
async function ask(shop: Shop, method: string, path: string, body: unknown, key: string): Promise<Answer> {
  shop.changes++
  const { arena, round } = shop
  const headers = { ...arena.headers, 'content-type': 'application/json', 'idempotency-key': `${round}-${key}` }
  return patiently(async () => {
    const signal = AbortSignal.timeout(35_000)
    const response = await fetch(`${arena.url()}${path}`, { method, headers, body: JSON.stringify(body), signal })
    const answer = { status: response.status, body: (await response.json()) as unknown }
    if (![200, 400].includes(answer.status)) throw new Error(`HTTP ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer
  }, SETTLED_WITHIN_MS)
}

async function openShop(arena: Arena): Promise<Shop> {
  const first = async (path: string, many: string) => {
    const response = await fetch(`${arena.url()}/admin/${path}`, { headers: arena.headers })
    return ((await response.json()) as Record<string, { id: string }[]>)[many]![0]!.id
  }
  const sales_channel_id = await first('sales-channels', 'sales_channels')
  const shipping_profile_id = await first('shipping-profiles', 'shipping_profiles')
  return { arena, round: `round-${Date.now()}`, sales_channel_id, shipping_profile_id, changes: 0 }
}

const TABLES = ['product.product', 'product.product_option', 'pricing.price_set', 'inventory.inventory_item'].join()

async function empty({ sql }: Arena): Promise<void> {
  const links = await sql(`select format('link.%I', tablename) as name from pg_tables where schemaname = 'link'
    and (tablename like 'product\\_%')`)
  await sql(`truncate ${TABLES}, turri.event, ${links.map(({ name }) => name as string).join()} cascade`)
  await sql(`truncate turri.tally_product, turri.tally_product_count`)
}

const LIVE = 'deleted_at is null'

/** What there must be none of. */
const WRONG = {
  'products without their two variants': `product.product p where p.${LIVE} and
    (select count(*) from product.product_variant v where v.product_id = p.id and v.${LIVE}) <> 2`,
  'products that are not in one channel': `product.product p where p.${LIVE} and
    (select count(*) from link.product_sales_channel l where l.product_id = p.id and l.${LIVE}) <> 1`,
  'products without their shipping profile': `product.product p where p.${LIVE} and
    (select count(*) from link.product_shipping_profile l where l.product_id = p.id and l.${LIVE}) <> 1`,
  'variants without their one price': `product.product_variant v where v.${LIVE} and
    (select count(*) from link.product_variant_price_set l join pricing.price_set s on s.id = l.price_set_id and s.${LIVE}
      join pricing.price c on c.price_set_id = s.id and c.${LIVE} where l.variant_id = v.id and l.${LIVE}) <> 1`,
  'variants without their one item in stock': `product.product_variant v where v.${LIVE} and
    (select count(*) from link.product_variant_inventory_item l join inventory.inventory_item i on i.id = l.inventory_item_id
      and i.${LIVE} where l.variant_id = v.id and l.${LIVE}) <> 1`,
  'variants without their size': `product.product_variant v where v.${LIVE} and
    (select count(*) from product.product_variant_option o where o.variant_id = v.id) <> 1`,
  'variants of no product': `product.product_variant v where v.${LIVE} and
    not exists (select from product.product p where p.id = v.product_id and p.${LIVE})`,
  'options of no product': `product.product_option o where o.${LIVE} and not exists
    (select from product.product_product_option l join product.product p on p.id = l.product_id and p.${LIVE} where l.product_option_id = o.id)`,
  'price sets of no variant': `pricing.price_set s where s.${LIVE} and
    not exists (select from link.product_variant_price_set l where l.price_set_id = s.id and l.${LIVE})`,
  'prices of no set': `pricing.price c where c.${LIVE} and
    not exists (select from pricing.price_set s where s.id = c.price_set_id and s.${LIVE})`,
  'items in stock of no variant': `inventory.inventory_item i where i.${LIVE} and
    not exists (select from link.product_variant_inventory_item l where l.inventory_item_id = i.id and l.${LIVE})`,
  'links of variants that are gone': `link.product_variant_price_set l where l.${LIVE} and
    not exists (select from product.product_variant v where v.id = l.variant_id and v.${LIVE})`,
  'links of products that are gone': `link.product_sales_channel l where l.${LIVE} and
    not exists (select from product.product p where p.id = l.product_id and p.${LIVE})`,
  'changed products with an old price': `product.product p join product.product_variant v on v.product_id = p.id and v.${LIVE}
    and v.title = 'S' join link.product_variant_price_set l on l.variant_id = v.id and l.${LIVE}
    join pricing.price c on c.price_set_id = l.price_set_id and c.${LIVE} where p.title = 'Changed' and c.amount <> 20`,
  'steps without an end': 'turri.receipt where finished_at is null',
}

async function wrongIn(arena: Arena, times: number): Promise<string[]> {
  const found: string[] = []
  for (const [what, from] of Object.entries(WRONG)) {
    const [row] = await arena.sql(`select count(*)::int as n from ${from}`)
    if (row!.n !== 0) found.push(`${row!.n} ${what}`)
  }
  const [books] = await arena.sql(`select
    (select count(*)::int from product.product where ${LIVE}) as products,
    (select count(*)::int from product.product where ${LIVE} and title = 'Changed') as changed,
    (select count(*)::int from turri.event where name = 'product.created') as created,
    (select count(distinct data ->> 'id')::int from turri.event where name = 'product.created') as "created once"`)
  const wanted: Record<string, number> = {
    products: times * PRODUCTS_OF_ALL_PLAYS,
    changed: times,
    created: times * CREATED_BY_ALL_PLAYS,
    'created once': times * CREATED_BY_ALL_PLAYS,
  }
  for (const [what, n] of Object.entries(wanted))
    if (books![what] !== n) found.push(`${books![what]} ${what}, not ${n}`)
  const db = openDatabase({ url: arena.stack.databaseUrl, max: 1, log: createLogger({ level: 'error' }) })
  found.push(...(await tallyErrors(db, 'product', productTally)).map(({ what }) => what))
  await db.destroy()
  return found
}
