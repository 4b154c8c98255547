/**
 * Lists in small and large catalogues, through the API in this process: the same requests to databases of 200, 10,000 and 100,000
 * products in turn, p50 and p95 of each, and how they grow. Reads need no Temporal, so only Postgres is started.
 *
 *   npm run bench:catalogue                          creates missing databases, and sends each request 40 times
 *   npm run bench:catalogue -- --sizes 200,100000 --rounds 100 --only 'store offset'
 *   npm run bench:catalogue -- --explain --only 'q='  prints Postgres' plans for these requests in the largest database
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { loadProject, openBase } from '../cli/context.ts'
import { openDatabase, PLANNER_OPTIONS } from '../framework/database.ts'
import type { Router } from '../framework/http/router.ts'
import { migrate } from '../framework/migrate.ts'
import { createDatabase, startPostgres } from '../framework/stack/postgres.ts'
import { recountTally } from '../framework/tally/install.ts'
import { productTally } from '../links/product-tally.ts'
import { assembleApi } from '../server.ts'
import { fillCatalogue, keysOf } from './catalogue-rows.ts'
import type { Statement } from './limit.ts'
import { percentile } from './measure.ts'

process.env.LOG_LEVEL ??= 'warn'
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '200,10000,100000' },
    rounds: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    explain: { type: 'boolean', default: false },
  },
})
const SIZES = values.sizes.split(',').map(Number)
const ROUNDS = Number(values.rounds)
/** Requests before the measurement: Postgres decides on a generic plan at the sixth execution. */
const WARM = 8

interface Shop {
  size: number
  url: string
  api: Router
  statements: Statement[]
  close: () => Promise<void>
}

const { config, log } = openBase()
const project = await loadProject()
const postgres = config.databaseUrl ? undefined : await startPostgres({ dir: '.turri/scale', port: 0, log })
const serverUrl = config.databaseUrl ?? postgres!.url
try {
  const shops = await Promise.all(SIZES.map(openShop))
  const questions = Object.keys(questionsOf(shops[0]!)).filter((name) => name.includes(values.only))
  if (values.explain) for (const name of questions) await explain(shops.at(-1)!, name)
  else await measure(shops, questions)
  await Promise.all(shops.map(({ close }) => close()))
  await sleep(200) // the connections are closed a moment later
} finally {
  await postgres?.stop()
}

/** Creates a database with this number of products if it is missing, and the API on it. */
async function openShop(size: number): Promise<Shop> {
  const name = `catalogue_${size}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await createDatabase(serverUrl, name).catch((error: { code?: string }) => {
    if (error.code !== '42P04') throw error // 42P04: the database exists
  })
  const writing = openDatabase({ url: url.href, max: 2, log })
  await migrate(writing, project.modules)
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const { rows } = await client.query('select from product.product limit 1')
  if (rows.length === 0)
    await fillCatalogue(client, size, config.secrets, () => recountTally(writing, 'product', productTally))
  await writing.destroy()
  await client.end()
  const statements: Statement[] = []
  const onStatement = (text: string, given: readonly unknown[]) => void statements.push({ text, values: given })
  const db = openDatabase({ url: url.href, max: 1, readOnly: true, log, onStatement })
  const api = assembleApi({
    project,
    config,
    db,
    log,
    client: {} as never,
    runner: {} as never,
    state: { draining: false },
  })
  return { size, url: url.href, api, statements, close: () => db.destroy() }
}

/** Name → request of a storefront or a dashboard. */
function questionsOf({ size }: Shop): Record<string, string> {
  const store = (more: string) => `/store/products?limit=20&region_id=reg_one&fields=*variants.calculated_price${more}`
  const admin = (more: string) => `/admin/products?limit=20${more}`
  const last = Math.floor((size * 0.8 - 20) / 20) * 20
  return {
    'store offset 0': store(''),
    'store offset 1,000': store(`&offset=${Math.min(1000, last)}`),
    'store offset 30%': store(`&offset=${Math.floor(size * 0.3)}`),
    'store the last page': store(`&offset=${last}`),
    'store q= rare': store('&q=xylophone'),
    'store q= in all': store('&q=measured'),
    'store q= SKU': store(`&q=P${size - 3}-M`),
    'store q= 2 letters': store('&q=yl'),
    'store q= nothing': store('&q=zzzzz'),
    'store category': store('&category_id=pcat_7'),
    'store collection': store('&collection_id=pcol_7'),
    'store tag': store('&tag_id=ptag_7'),
    'store newest': store('&order=-created_at'),
    'store by title': store('&order=title'),
    'store handle': store(`&handle=product-${size - 3}`),
    'admin offset 0': admin(''),
    'admin the last page': admin(`&offset=${size - 20}`),
    'admin newest': admin('&order=-created_at'),
    'admin by title': admin('&order=title'),
    'admin q= rare': admin('&q=xylophone'),
    'admin q= in all': admin('&q=measured'),
    'admin q= two words': admin('&q=measured%20xylophone'),
    'admin q= SKU': admin(`&q=P${size - 3}-M`),
    'admin drafts': admin('&status=draft'),
    'admin variants': '/admin/product-variants?limit=20',
    'admin stock items': '/admin/inventory-items?limit=20',
    'store variants': '/store/product-variants?limit=20',
    'admin channel': admin('&sales_channel_id=sc_two'),
  }
}

async function ask(shop: Shop, question: string): Promise<{ ms: number; count: number; rows: number }> {
  const { publishable_key, secret_key } = keysOf(config.secrets)
  const headers = {
    'x-publishable-api-key': publishable_key,
    authorization: `Basic ${Buffer.from(`${secret_key}:`).toString('base64')}`,
  }
  const path = questionsOf(shop)[question]!
  const started = performance.now()
  const answer = await shop.api.request(path, { headers })
  const text = await answer.text()
  const ms = performance.now() - started
  if (answer.status !== 200) throw new Error(`GET ${path}: HTTP ${answer.status} ${text}`)
  const { count, limit, offset, ...page } = JSON.parse(text)
  return { ms, count, rows: (Object.values(page)[0] as unknown[]).length }
}

/** Measures the databases in turns, so that other load on the machine affects all of them. */
async function measure(shops: Shop[], questions: string[]): Promise<void> {
  const head = shops.map(({ size }) => `${size}`.padStart(24)).join('')
  console.log(`${'p50 / p95 in ms (matches)'.padEnd(26)}${head}   grows by p50 / p95`)
  for (const question of questions) {
    const times = shops.map((): number[] => [])
    const counts: number[] = []
    for (let round = -WARM; round < ROUNDS; round++) {
      for (const [i, shop] of shops.entries()) {
        const { ms, count } = await ask(shop, question)
        counts[i] = count
        if (round >= 0) times[i]!.push(ms)
      }
    }
    const found = times.map((all) => all.sort((a, b) => a - b)).map((all) => [percentile(all, 50), percentile(all, 95)])
    const cells = found.map(([p50, p95], i) => `${p50!.toFixed(1)} / ${p95!.toFixed(1)} (${counts[i]})`.padStart(24))
    const growth = [0, 1].map((k) => `${(found.at(-1)![k]! / found[0]![k]!).toFixed(1)}`)
    console.log(`${question.padEnd(26)}${cells.join('')}   × ${growth.join(' / × ')}`)
  }
}

/** The generic plan of the statement that makes the answer, on a warm connection. */
async function explain(shop: Shop, question: string): Promise<void> {
  shop.statements.length = 0
  const { count, rows } = await ask(shop, question)
  const { text, values: given } = [...shop.statements].sort((a, b) => b.text.length - a.text.length)[0]!
  const client = new pg.Client({ connectionString: shop.url, options: PLANNER_OPTIONS })
  await client.connect()
  const settle = async (way: string) => {
    await client.query(`set plan_cache_mode = ${way}`)
    for (let i = 0; i < 2; i++) await client.query({ name: 'asked', text, values: [...given] })
    const literals = given.map((value) => literalOf(value)).join(', ')
    const plan = await client.query(`explain (analyze, buffers, timing off) execute asked(${literals})`)
    return plan.rows.map((row) => row['QUERY PLAN'] as string)
  }
  try {
    console.log(`\n=== ${question}, ${shop.size} products: ${count} matches, ${rows} rows\n${text}\n`)
    for (const way of ['force_custom_plan', 'force_generic_plan']) {
      console.log(`--- ${way}\n${(await settle(way)).join('\n')}`)
    }
  } finally {
    await client.end()
  }
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map(literalOf).join(', ')}]::text[]`
  return pg.escapeLiteral(String(value))
}
