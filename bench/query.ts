/**
 * The cost of the query layer beside its statement: requests per second and CPU of this process for the bare driver with the same
 * statement, for the layer, and for a whole route (query string, validation, layer, envelope).
 *
 *   npm run bench:query                   starts its own Postgres
 *   npm run bench:query -- --count 4000   the number of requests per round; default: 2000
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import { openBase } from '../cli/context.ts'
import { type Database, openDatabase, PLANNER_OPTIONS } from '../framework/database.ts'
import * as filter from '../framework/http/filters.ts'
import { createList } from '../framework/http/representation.ts'
import { createRouter } from '../framework/http/router.ts'
import { migrate } from '../framework/migrate.ts'
import { createDatabase, startPostgres } from '../framework/stack/postgres.ts'
import { createQuery } from '../query/index.ts'
import { shopLinks, shopModules } from '../test/support/shop/modules.ts'

process.env.TURRI_HOME ??= '.turri/bench'
process.env.LOG_LEVEL ??= 'warn'
const { values } = parseArgs({ options: { count: { type: 'string', default: '2000' } } })
const COUNT = Number(values.count)
const CLIENTS = 8
const CONNECTIONS = 4
const ROUNDS = 5
const LIMIT_MS = 0.5
const FIELDS =
  'id,title,rank,active,data,created_at,updated_at,*variants,*tags,*supplier,depots.city,+depots_link.amount,stock'
const ADDRESS = `/products?fields=${encodeURIComponent(FIELDS)}&active=true&rank[$gte]=2&order=-rank&limit=20&offset=5`

const { config, log } = openBase()
const postgres = config.databaseUrl ? undefined : await startPostgres({ dir: config.home, port: 0, log })
try {
  const url = await createDatabase(config.databaseUrl ?? postgres!.url, `bench_query_${process.pid}`)
  const db = openDatabase({ url, max: 2, log })
  await migrate(db, shopModules)
  await fill(db)
  await db.destroy()
  await measure(url)
} finally {
  await postgres?.stop()
}

/** 200 products with 5 variants, 3 tags and 2 depots each. */
async function fill(db: Database): Promise<void> {
  const statements = [
    `insert into shop.supplier (id, name) select 'sup_' || i, 'Supplier ' || i from generate_series(1, 10) i`,
    `insert into shop.tag (id, value) select 'tag_' || i, 'tag ' || i from generate_series(1, 30) i`,
    `insert into place.depot (id, city) select 'dep_' || i, 'City ' || i from generate_series(1, 5) i`,
    `insert into shop.product (id, title, rank, active, data, secret, supplier_id)
     select 'prod_' || lpad(i::text, 4, '0'), 'Product ' || i, i % 17, i % 5 > 0, '{"color":"red","size":[1,2,3]}', 'x', 'sup_' || (i % 10 + 1)
     from generate_series(1, 200) i`,
    `insert into shop.variant (id, product_id, sku, price)
     select 'var_' || i || '_' || n, 'prod_' || lpad(i::text, 4, '0'), 'SKU-' || i || '-' || n, i * n from generate_series(1, 200) i, generate_series(1, 5) n`,
    `insert into shop.product_tag (id, product_id, tag_id)
     select 'pt_' || i || '_' || n, 'prod_' || lpad(i::text, 4, '0'), 'tag_' || ((i * n) % 30 + 1) from generate_series(1, 200) i, generate_series(1, 3) n`,
    `insert into link.product_depot (id, product_id, depot_id, amount)
     select 'pd_' || i || '_' || n, 'prod_' || lpad(i::text, 4, '0'), 'dep_' || n, i % 9 from generate_series(1, 200) i, generate_series(1, 2) n`,
    'create index on shop.variant (product_id) where deleted_at is null',
    'create index on shop.product_tag (product_id) where deleted_at is null',
    'analyze',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

async function measure(url: string): Promise<void> {
  let sent: { text: string; values: unknown[] } | undefined
  const onStatement = (text: string, parameters: readonly unknown[]) => {
    sent = { text, values: [...parameters] }
  }
  const watched = openDatabase({ url, max: 1, readOnly: true, log, onStatement })
  const readDb = openDatabase({ url, max: CONNECTIONS, readOnly: true, log })
  const asked = {
    config: { defaults: ['id'] },
    fields: FIELDS,
    filters: { active: 'true', rank: { $gte: '2' } },
    order: '-rank',
    limit: 20,
    offset: 5,
  }
  await createQuery(watched, shopModules, shopLinks).listJson('product', asked)
  await watched.destroy()
  const query = createQuery(readDb, shopModules, shopLinks)
  const bare = new pg.Pool({ connectionString: url, max: CONNECTIONS, options: PLANNER_OPTIONS })
  bare.on('error', () => {}) // Postgres stops while its connections are closing
  const app = route(query)
  const ways: Record<string, () => Promise<unknown>> = {
    'bare pg': () => bare.query({ name: 'bench', ...sent! }),
    'query layer': () => query.listJson('product', asked),
    route: async () => (await app.request(ADDRESS)).text(),
  }
  const { json } = await query.listJson('product', asked)
  console.log(`A list of 20 products with 5 variants, 3 tags, supplier and 2 depots each: ${json.length} bytes`)
  const best = new Map<string, { cpuMs: number; perS: number }>()
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, ask] of Object.entries(ways)) {
      const result = await run(ask)
      if (round > 0 && result.cpuMs < (best.get(name)?.cpuMs ?? Number.POSITIVE_INFINITY)) best.set(name, result)
    }
  }
  for (const [name, { cpuMs, perS }] of best) {
    console.log(`  ${name.padEnd(12)} ${perS.toFixed(0).padStart(5)} requests per s, ${cpuMs.toFixed(3)} ms CPU each`)
  }
  const own = best.get('query layer')!.cpuMs - best.get('bare pg')!.cpuMs
  console.log(`  the layer's own share: ${own.toFixed(3)} ms CPU a request (limit ${LIMIT_MS})`)
  if (own > LIMIT_MS) process.exitCode = 1
  await Promise.all([bare.end(), readDb.destroy()])
  await sleep(200) // their connections are closed a moment later
}

function route(query: ReturnType<typeof createQuery>) {
  const view = { entity: 'product', one: 'product', many: 'products', fields: { defaults: ['id'] } }
  const list = createList(view, { filters: { active: filter.flag(), rank: filter.number() } })
  const app = createRouter()
  app.get('/products', (c) => {
    c.set('query', query)
    return list.answer(c)
  })
  return app
}

/** Measures requests of 8 clients; counts the CPU of this process, not of Postgres. */
async function run(ask: () => Promise<unknown>): Promise<{ cpuMs: number; perS: number }> {
  let left = COUNT
  const before = process.cpuUsage()
  const started = performance.now()
  const client = async () => {
    while (left-- > 0) await ask()
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1000 / COUNT, perS: (COUNT / (performance.now() - started)) * 1000 }
}
