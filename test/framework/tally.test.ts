/** A tally is what a count of the rows would say, whoever writes at once, and lists go by it. */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Database, openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import type { Query } from '../../framework/query.ts'
import { recountTally, tallyErrors } from '../../framework/tally/install.ts'
import { core } from '../../index.ts'
import { productTally } from '../../links/product-tally.ts'
import { createQuery } from '../../query/index.ts'
import { shape } from '../../query/shape.ts'
import { freshDatabase } from '../support/fresh-database.ts'

const SEED = Number(process.env.TEST_SEED ?? 20261121)
const ROUNDS = Number(process.env.TEST_RUNS ?? 120)
const WRITERS = 6
const { modules, links } = core()
let db: Database
let query: Query
let statements: string[] = []
beforeAll(async () => {
  const { url, db: fresh } = await freshDatabase(modules)
  const { pathname } = new URL(url)
  await sql`alter database ${sql.id(pathname.slice(1))} set deadlock_timeout = '10ms'`.execute(fresh)
  await fresh.destroy()
  const log = createLogger({ level: 'silent' })
  db = openDatabase({ url, max: WRITERS + 2, log, onStatement: (text) => void statements.push(text) })
  query = createQuery(db, modules, links)
})
afterAll(() => db.destroy())

const errors = () => tallyErrors(db, 'product', productTally)

/** What writers do to a few products that all of them are at. */
const WRITES: Record<string, (product: string, channel: string, status: string) => string> = {
  create: (p, _, s) =>
    `insert into product.product (id, title, handle, status) values ('${p}', 'a', '${p}', '${s}') on conflict do nothing`,
  retitle: (p) => `update product.product set title = title || 'b' where id = '${p}'`,
  status: (p, _, s) => `update product.product set status = '${s}' where id = '${p}'`,
  'status of all': (_, __, s) =>
    `update product.product set status = '${s}' where id in (select id from product.product order by id for update)`,
  hide: (p) => `update product.product set deleted_at = now() where id = '${p}'`,
  restore: (p) => `update product.product set deleted_at = null where id = '${p}'`,
  remove: (p) => `delete from product.product where id = '${p}'`,
  link: (p, c) =>
    `insert into link.product_sales_channel (id, product_id, sales_channel_id) values (gen_random_uuid(), '${p}', '${c}') on conflict do nothing`,
  move: (
    p,
    c,
  ) => `update link.product_sales_channel l set sales_channel_id = '${c}' where product_id = '${p}' and deleted_at is null
    and not exists (select from link.product_sales_channel o where o.product_id = l.product_id and o.sales_channel_id = '${c}')`,
  dismiss: (p, c) =>
    `update link.product_sales_channel set deleted_at = now() where product_id = '${p}' and sales_channel_id = '${c}' and deleted_at is null`,
  unlink: (p, c) => `delete from link.product_sales_channel where product_id = '${p}' and sales_channel_id = '${c}'`,
}
const write = fc
  .tuple(
    fc.constantFrom(...Object.keys(WRITES)),
    fc.constantFrom('p1', 'p2', 'p3', 'p4'),
    fc.constantFrom('c1', 'c2', 'c3'),
    fc.constantFrom('draft', 'published'),
  )
  .map(([name, ...given]) => WRITES[name]!(...given))
const change = fc.record({ writes: fc.array(write, { minLength: 1, maxLength: 4 }), isTakenBack: fc.boolean() })

class StoredFailure extends Error {}

/** A refusal by the database, such as a deadlock, takes the whole change back. */
async function make({ writes, isTakenBack }: { writes: string[]; isTakenBack: boolean }): Promise<void> {
  const act = async (trx: Transaction<never>) => {
    for (const text of writes) await sql.raw(text).execute(trx)
    if (isTakenBack) throw new StoredFailure()
  }
  await db
    .transaction()
    .execute(act)
    .catch((error: Error & { code?: string }) => {
      if (!(error instanceof StoredFailure) && !['40P01', '23505'].includes(error.code ?? '')) throw error
    })
}

test('counts are right whoever writes at once', async () => {
  const rounds = fc.sample(fc.array(change, { minLength: WRITERS, maxLength: WRITERS }), {
    numRuns: ROUNDS,
    seed: SEED,
  })
  for (const changes of rounds) {
    await Promise.all(changes.map(make))
    expect(await errors()).toEqual([])
  }
})

const link = (channel: string) => sql.raw(WRITES.link!('both', channel, ''))
const publish = sql.raw(WRITES.status!('both', '', 'published'))
const create = sql.raw(WRITES.create!('both', '', 'draft'))

test.each([
  ['two link it', [create], link('c1'), link('c2')],
  ['one links and one publishes it', [create], link('c1'), publish],
  ['one publishes and one links it', [create], publish, link('c1')],
  ['one links what the other only creates', [], link('c1'), create],
  ['one creates what the other links', [], create, link('c1')],
])('who comes second sees what the first has done to a product: %s', async (_, before, first, second) => {
  await sql`delete from product.product where id = 'both'`.execute(db)
  await sql`delete from link.product_sales_channel where product_id = 'both'`.execute(db)
  for (const one of before) await one.execute(db)
  let waiting: Promise<unknown> | undefined
  await db.transaction().execute(async (trx) => {
    await first.execute(trx)
    waiting = second.execute(db)
    await sleep(150)
  })
  await waiting
  expect(await errors()).toEqual([])
})

test('what is written past the triggers is missed, and there after a recount', async () => {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`insert into product.product (id, title, handle) values ('past', 'a', 'past')`.execute(trx)
  })
  expect(await errors()).toEqual([{ what: 'noted otherwise: past' }])
  await recountTally(db, 'product', productTally)
  expect(await errors()).toEqual([])
})

const CHANNELS = ['c1', 'c2', 'c3']

async function fill(trx: Kysely<never>, count: number): Promise<void> {
  await sql`delete from product.product_tags`.execute(trx)
  await sql`delete from product.product`.execute(trx)
  await sql`delete from link.product_sales_channel`.execute(trx)
  await sql`insert into product.product (id, title, handle, status, deleted_at)
    select 'p' || lpad(i::text, 4, '0'), 'a', 'h' || i, (array['draft', 'published', 'rejected'])[i % 3 + 1], case when i % 11 = 0 then now() end
    from generate_series(1, ${count}::int) i`.execute(trx)
  await sql`insert into link.product_sales_channel (id, product_id, sales_channel_id)
    select gen_random_uuid(), 'p' || lpad(i::text, 4, '0'), c from generate_series(1, ${count}::int) i, unnest(${CHANNELS}::text[]) with ordinality u(c, n)
    where i % (n + 1) = 0`.execute(trx)
  await sql`insert into product.product_tag (id, value) values ('t1', 'one'), ('t2', 'two') on conflict do nothing`.execute(
    trx,
  )
  await sql`insert into product.product_tags (id, product_id, product_tag_id)
    select gen_random_uuid(), 'p' || lpad(i::text, 4, '0'), 't' || (i % 4) from generate_series(1, ${count}::int) i where i % 4 in (1, 2)`.execute(
    trx,
  )
}

/** Combinations that no product is of any more: too many to gather the first products of each. */
const manySorts = () =>
  sql`insert into turri.tally_product_bucket (status, linked)
    select status, linked || ('x' || i) from generate_series(1, 700) i, unnest(${['draft', 'published', 'rejected']}::text[]) status,
      (values (array['c1', 'c2', 'c3']), ('{}')) as there(linked)`.execute(db)

const inChannels = (...ids: string[]) => `exists (select from link.product_sales_channel l
  where l.product_id = p.id and l.deleted_at is null and l.sales_channel_id in ('${ids.join("','")}'))`
const tagged = (...ids: string[]) =>
  `exists (select from product.product_tags t where t.product_id = p.id and t.product_tag_id in ('${ids.join("','")}'))`

/** By what is asked: which rows that are; counted without a look at them. */
const OF_SORTS = [
  [{}, 'true'],
  [{ status: 'published' }, `status = 'published'`],
  [{ status: ['draft', 'rejected'] }, `status in ('draft', 'rejected')`],
  [{ status: 'none' }, 'false'],
  [
    { sales_channels_link: { sales_channel_id: ['c1'] }, status: 'published' },
    `${inChannels('c1')} and status = 'published'`,
  ],
  [{ sales_channels_link: { sales_channel_id: ['c2', 'c3'] } }, inChannels('c2', 'c3')],
  [{ sales_channels_link: { sales_channel_id: 'c3' } }, inChannels('c3')],
  [{ sales_channels_link: null }, `not ${inChannels(...CHANNELS)}`],
  [
    { $not: { $or: [{ status: 'draft' }, { sales_channels_link: { sales_channel_id: 'c1' } }] } },
    `not (status = 'draft' or ${inChannels('c1')})`,
  ],
] as const
/** The same, of what other tables have to be asked about, too. */
const NARROWED = [
  [{ tags: { value: 'one' } }, tagged('t1')],
  [
    { tags: { id: ['t1', 't2'] }, status: 'published', sales_channels_link: { sales_channel_id: 'c1' } },
    `${tagged('t1', 't2')} and status = 'published' and ${inChannels('c1')}`,
  ],
  [
    { $or: [{ tags: null }, { id: 'p0001' }], status: 'draft' },
    `(not ${tagged('t1', 't2')} or id = 'p0001') and status = 'draft'`,
  ],
  [{ $not: { tags: { id: 't1' } }, id: { $gte: 'p0050' } }, `not ${tagged('t1')} and id >= 'p0050'`],
  [{ sales_channels_link: { created_at: { $gt: '2020-01-01' } } }, inChannels(...CHANNELS)],
] as const
type Asked = (typeof OF_SORTS | typeof NARROWED)[number]
const ORDERS = { id: 'id', '-id': 'id desc', '-created_at': 'created_at desc, id desc', handle: 'handle, id' }

/** Every page so many rows after the one before, beyond the last. */
const Listed = shape('product', { id: true })

async function expectPages([filters, where]: Asked, by: string, step: number): Promise<void> {
  for (const [order, orderBy] of Object.entries(ORDERS)) {
    const { rows } = await sql<{ id: string }>`
      select id from product.product p where deleted_at is null and ${sql.raw(where)} order by ${sql.raw(orderBy)}`.execute(
      db,
    )
    const ids = rows.map(({ id }) => id)
    for (let offset = 0; offset <= ids.length + step; offset += step) {
      statements = []
      const page = await query.list(Listed, { filters, order, limit: 7, offset })
      expect([filters, order, offset, page.count, page.rows.map(({ id }) => id)]).toEqual([
        filters,
        order,
        offset,
        ids.length,
        ids.slice(offset, offset + 7),
      ])
      expect(statements).toEqual([expect.stringContaining(by)])
    }
  }
}

async function expectAllPages(step: number): Promise<void> {
  for (const asked of OF_SORTS) await expectPages(asked, 'tally_product_count', step)
  for (const asked of NARROWED) await expectPages(asked, 'tally_product_bucket', step)
}

test.each([
  ['gathered from its buckets', async () => {}],
  ['walked to from whichever end', manySorts],
])('every page of a list by the tally is that of the rows: %s', async (_, arrange) => {
  await fill(db, 100)
  await arrange()
  await expectAllPages(7)
})

test('pages of many rows are right as well', async () => {
  await fill(db, 4600)
  await expectAllPages(900)
})

test('what a tally cannot tell is not asked of it', async () => {
  for (const listing of [
    { filters: { title: 'a' } },
    { filters: { tags: { id: 't1' }, collection_id: null } },
    { filters: { $or: [{ status: 'draft' }, { tags: { id: 't1' } }] } },
    { filters: { collection: { title: 'a' } } },
    { q: 'a' },
    { withDeleted: true },
    { only: { product_sales_channel: { sales_channel_id: 'c1' } } },
  ]) {
    statements = []
    await query.list('product', { fields: ['id'], ...listing })
    expect(statements).toEqual([expect.not.stringContaining('tally_product')])
  }
})
