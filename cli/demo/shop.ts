/** The fourth part of `turri demo`: seeds a shop and reads it through the Store API. */
import { pc, table } from '../print.ts'
import { progressOn } from '../progress.ts'
import { products } from '../seed/catalogue.ts'
import { type Currency, saleAmount } from '../seed/product.ts'
import { type SeededShop, seedShop } from '../seed/seed-shop.ts'
import { check, print, title } from './output.ts'

const SAMPLES = ['harbour-tee', 'breton-tee', 'wool-blanket', 'moon-jelly-print', 'scented-candle']
const CURRENCIES: Currency[] = ['eur', 'usd']
const SEARCH = 'jellyfish'
const drafts = products.filter(({ status }) => status === 'draft')
const onSale = products.find(({ handle }) => handle === 'breton-tee')!

interface StoreProduct {
  title: string
  handle: string
  variants: { calculated_price: Price }[]
}

interface Price {
  calculated_amount: number
  original_amount: number
}

interface Page {
  products: StoreProduct[]
  count: number
}

type Shop = Storefront & { seeded: SeededShop }

/** @returns whether all checks passed. */
export async function showShop({ url, token }: { url: string; token: string }): Promise<boolean[]> {
  title('4. The shop')
  const send = (path: string, init: RequestInit) => fetch(url + path, init)
  const progress = progressOn(process.stdout, '  ')
  const seeded = await seedShop({ send, token, products: products.length, progress })
  console.log()
  const shop = { ...storefront(url, seeded.publishable_key), seeded }
  const checks = [await list(shop), await search(shop), await browse(shop)].flat()
  console.log(pc.dim(`\n  curl -g -H 'x-publishable-api-key: ${seeded.publishable_key}' \\`))
  console.log(pc.dim(`    '${url}/store/products?region_id=${seeded.regions.eur}'`))
  return checks
}

async function list({ ask, seeded }: Shop): Promise<boolean[]> {
  const pages = await Promise.all(
    CURRENCIES.map((currency) => {
      const fields = 'title,handle,*variants.calculated_price'
      return ask<Page>('/store/products', { region_id: seeded.regions[currency]!, fields, limit: '100' })
    }),
  )
  const [europe, usa] = pages.map(({ answer }) => new Map(answer.products.map((one) => [one.handle, one])))
  print(`GET /store/products in two regions ${ms(...pages.map((page) => page.ms))}\n`)
  const rows = SAMPLES.map((handle) => ({
    '  product': `  ${europe!.get(handle)?.title}`,
    Europe: priceTag('€', europe!.get(handle)),
    USA: priceTag('$', usa!.get(handle)),
  }))
  table(rows, { empty: '  no products' })
  console.log()
  const tags = [europe!, usa!].map((region) => region.get(onSale.handle)?.variants[0]?.calculated_price)
  const isAsSeeded = CURRENCIES.every((currency, i) => {
    const full = onSale.price[currency]
    return tags[i]?.original_amount === full && tags[i].calculated_amount === saleAmount(full, onSale.sale!)
  })
  return [
    check(
      `all ${products.length - drafts.length} published products are listed, with a price for every variant`,
      pages.every(
        ({ answer }) =>
          answer.count === products.length - drafts.length &&
          answer.products.every(({ variants }) => variants.every((one) => one.calculated_price.calculated_amount > 0)),
      ),
    ),
    check(`the ${drafts.length} drafts are not listed`, !drafts.some(({ handle }) => europe!.has(handle))),
    check(`${onSale.title} costs ${onSale.sale} % less, in either currency`, isAsSeeded),
  ]
}

async function search({ ask }: Shop): Promise<boolean[]> {
  const found = await ask<Page>('/store/products', { q: SEARCH, fields: 'title,handle' })
  console.log()
  print(`GET /store/products?q=${SEARCH} ${ms(found.ms)}\n`)
  for (const { title: name } of found.answer.products) print(`  ${name}`)
  console.log()
  const handles = found.answer.products.map(({ handle }) => handle)
  return [check('the search finds the matching tee', handles.includes('jellyfish-tee'))]
}

interface Category {
  id: string
  name: string
  handle: string
  category_children: Category[]
}

async function browse({ ask }: Shop): Promise<boolean[]> {
  const tree = await ask<{ product_categories: Category[] }>('/store/product-categories', {
    handle: 'clothing',
    include_descendants_tree: 'true',
    fields: 'id,name,handle,category_children.id,category_children.name,category_children.handle',
  })
  const leaves = tree.answer.product_categories.flatMap(leavesOf)
  const page = await ask<Page>('/store/products', {
    'category_id[]': leaves.map(({ id }) => id),
    fields: 'title',
  })
  console.log()
  print(`GET /store/product-categories, and the products of ${leaves.length} of them ${ms(tree.ms, page.ms)}\n`)
  print(`  Clothing: ${leaves.map(({ name }) => name).join(', ')}: ${page.answer.count} products\n`)
  const handles = new Set(leaves.map(({ handle }) => handle))
  const expected = products.filter(({ category, status }) => handles.has(category) && status !== 'draft')
  return [check(`Clothing has ${expected.length} products, three levels down`, page.answer.count === expected.length)]
}

function leavesOf(category: Category): Category[] {
  const { category_children: children } = category
  return children.length === 0 ? [category] : children.flatMap(leavesOf)
}

interface Storefront {
  ask: <T>(path: string, query: Record<string, string | string[]>) => Promise<{ answer: T; ms: number }>
}

/** A client of the Store API. */
function storefront(url: string, key: string): Storefront {
  return {
    async ask<T>(path: string, query: Record<string, string | string[]>) {
      const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
      const started = performance.now()
      const response = await fetch(`${url}${path}?${new URLSearchParams(pairs as [string, string][])}`, {
        headers: { 'x-publishable-api-key': key },
      })
      if (response.status !== 200) throw new Error(`GET ${path}: HTTP ${response.status} ${await response.text()}`)
      return { answer: (await response.json()) as T, ms: performance.now() - started }
    },
  }
}

function priceTag(sign: string, product: StoreProduct | undefined): string {
  const prices = product?.variants.map(({ calculated_price }) => calculated_price) ?? []
  const [cheapest] = prices.sort((a, b) => a.calculated_amount - b.calculated_amount)
  if (!cheapest) return 'none'
  const { calculated_amount: now, original_amount: before } = cheapest
  const amount = `${sign}${now.toFixed(2)}`
  return now < before ? `${amount} instead of ${sign}${before.toFixed(2)}` : amount
}

const ms = (...times: number[]) => pc.dim(`(${times.map((time) => `${Math.round(time)} ms`).join(', ')})`)
