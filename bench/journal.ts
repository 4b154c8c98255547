/**
 * The cost of the journal: rows written by the repository to tables with and without it in turns, and its share of a whole write step
 * with receipt.
 *
 *   npm run bench:journal                starts its own Postgres
 *   npm run bench:journal -- --turns 200 the number of turns; default: 100, and a third of them for 1,000 rows
 */
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { loadConfig } from '../framework/config.ts'
import { type AnyTransaction, openDatabase } from '../framework/database.ts'
import { createLogger } from '../framework/log.ts'
import { migrate } from '../framework/migrate.ts'
import { id, integer, json, model, text, timestamps } from '../framework/model/model.ts'
import { defineModule } from '../framework/model/module.ts'
import { Repository } from '../framework/model/repository.ts'
import { Service } from '../framework/model/service.ts'
import { runOnce } from '../framework/receipt/receipts.ts'
import { createDatabase, startPostgres } from '../framework/stack/postgres.ts'
import { percentile } from './measure.ts'

const { values } = parseArgs({ options: { turns: { type: 'string', default: '100' } } })
const turns = Number(values.turns)
const HOME = '.turri/bench-journal'

/** As wide as a cart line, with its indexes. */
const Line = model('line', {
  id: id('line'),
  cart_id: text(),
  title: text(),
  handle: text().unique(),
  note: text().nullable(),
  quantity: integer().counter(),
  unit_price: integer(),
  variant_id: text().nullable(),
  metadata: json().nullable(),
  version: integer().optional(),
  ...timestamps(),
})

const createLine = `
  create table line (
    id text primary key, cart_id text not null, title text not null, handle text not null unique, note text,
    quantity integer not null, unit_price integer not null, variant_id text, metadata jsonb,
    version integer not null default 1,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(), deleted_at timestamptz
  );
  create index line_cart on line (cart_id);`

class LineService extends Service<{ line: typeof Line }> {}
const parts = { service: LineService, models: { line: Line }, migrations: { '0001-line': createLine } }
const modules = [defineModule({ name: 'journaled', ...parts }), defineModule({ name: 'plain', ...parts })]
/** Two equal tables, because switching triggers off and on would make Postgres plan again each time. */
type Schema = 'journaled' | 'plain'

type Doing = 'insert' | 'update' | 'delete'
let serial = 0

const newRows = (count: number) =>
  Array.from({ length: count }, () => {
    const n = String(serial++).padStart(26, '0')
    return {
      id: `line_${n}`,
      cart_id: `cart_${n}`,
      title: `A line of some length ${n}`,
      handle: `line-${n}`,
      quantity: 1,
      unit_price: 1999,
      variant_id: `variant_${n}`,
      metadata: { colour: 'red' },
    }
  })

process.env.LOG_LEVEL ??= 'warn'
const log = createLogger({ level: 'warn' })
const config = loadConfig({ ...process.env, TURRI_HOME: HOME, DATABASE_URL: undefined })
const postgres = await startPostgres({ dir: config.home, port: 0, log })
const url = await createDatabase(postgres.url, `journal_${Date.now()}`)
const db = openDatabase({ url, max: 2, journalKey: config.digest('journal'), log })
try {
  await migrate(db, modules)
  for (const trigger of ['insert', 'update', 'delete'])
    await sql.raw(`drop trigger journal_${trigger} on plain.line`).execute(db)
  for (const doing of ['insert', 'update', 'delete'] as const) {
    for (const count of [1, 10, 100, 1000]) await compare(doing, count)
  }
  console.log('')
  for (const doing of ['insert', 'update', 'delete'] as const)
    for (const count of [1, 10]) await compareSteps(doing, count)
} finally {
  await db.destroy()
  await postgres.stop()
}

/** The statements alone, from begin to commit. */
async function compare(doing: Doing, count: number): Promise<void> {
  const many = count >= 1000 ? Math.ceil(turns / 3) : turns
  const [off, on] = await inTurns(many, inTransaction, doing, count)
  const perRow = ((on - off) / count) * 1000
  print(`${doing} of ${count} rows`, off, on, `${perRow.toFixed(0)} µs a row`)
}

/** A step as in a worker: claim, work, result, commit. */
async function compareSteps(doing: Doing, count: number): Promise<void> {
  const step = () => ({
    workflowId: `bench/${serial++}`,
    runId: 'run',
    generation: 0,
    key: 'step#0',
    undoing: false,
    cancelled: false,
    actor: 'bench',
  })
  const asStep: Doer = (schema, work) =>
    runOnce(db, { step: step(), method: 'write', kind: 'write', input: [] }, (trx) =>
      work(trx.withSchema(schema) as AnyTransaction),
    )
  const [off, on] = await inTurns(turns * 2, asStep, doing, count)
  print(`write step, ${doing} of ${count} rows`, off, on, '')
}

function print(what: string, off: number, on: number, more: string): void {
  const share = ((on - off) / on) * 100
  const added = ((on - off) / off) * 100
  console.log(
    `${what.padEnd(34)} without ${off.toFixed(2).padStart(7)} ms, with ${on.toFixed(2).padStart(7)} ms: ` +
      `+${added.toFixed(0)} %, ${share.toFixed(0)} % of the whole  ${more}`,
  )
}

type Doer = (schema: Schema, work: (trx: AnyTransaction) => Promise<unknown>) => Promise<unknown>

/** Medians in ms, without and with the journal, measured in turns because the machine's speed varies. */
async function inTurns(many: number, perform: Doer, doing: Doing, count: number): Promise<[number, number]> {
  const times = { plain: [] as number[], journaled: [] as number[] }
  for (let turn = -5; turn < many; turn++) {
    for (const schema of turn % 2 === 0 ? (['plain', 'journaled'] as const) : (['journaled', 'plain'] as const)) {
      const rows = newRows(count)
      if (doing !== 'insert') await inTransaction(schema, (trx) => linesOf(schema, trx).create(rows))
      const started = performance.now()
      await perform(schema, (trx) => write(linesOf(schema, trx), doing, rows))
      const ms = performance.now() - started
      if (turn >= 0) times[schema].push(ms)
    }
  }
  await sql`truncate plain.line, journaled.line, turri.journal, turri.receipt`.execute(db)
  const median = (list: number[]) =>
    percentile(
      list.sort((a, b) => a - b),
      50,
    )
  return [median(times.plain), median(times.journaled)]
}

function inTransaction(schema: Schema, work: (trx: AnyTransaction) => Promise<unknown>): Promise<unknown> {
  return db.transaction().execute((trx) => work(trx.withSchema(schema) as AnyTransaction))
}

function linesOf(name: Schema, db: AnyTransaction): Repository<typeof Line> {
  return new Repository({ db, module: { name, models: {} }, changeId: '', linkColumnsOf: () => [] }, Line)
}

function write(lines: Repository<typeof Line>, doing: Doing, rows: ReturnType<typeof newRows>): Promise<unknown> {
  if (doing === 'insert') return lines.create(rows)
  if (doing === 'update') return lines.update(rows.map(({ id }) => ({ id, note: 'changed', quantity: 2 })))
  return lines.delete(rows.map(({ id }) => id))
}
