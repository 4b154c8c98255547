/** Connections to Postgres: a pool for writes and a read-only pool. */
import { Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from './log.ts'
import { PipeliningDialect } from './postgres/dialect.ts'
import { DIRECT_SETTING, PoolerError } from './postgres/pooler.ts'

/** A pool. Only the modules know its tables. */
export type Database = Kysely<never>

// biome-ignore lint/suspicious/noExplicitAny: a pool or a transaction, of any tables
export type AnyDatabase = Kysely<any>
// biome-ignore lint/suspicious/noExplicitAny: of any tables
export type AnyTransaction = Transaction<any>

export interface DatabaseOptions {
  url: string
  max: number
  /** Makes every transaction read-only; default: false */
  readOnly?: boolean
  /** The key that the journal encrypts secret columns with. Without it their old values are not kept. */
  journalKey?: string
  /** The time limit to connect and of a statement; default: 5 s to connect, 8 s for a statement, 5 s for a read */
  timeoutMs?: number
  log: Logger
  /** Called with each statement. */
  onStatement?: (text: string, parameters: readonly unknown[]) => void
}

/** Ends a dead connection, a stuck statement or a forgotten transaction in seconds. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5000,
  statement_timeout: 8000,
  query_timeout: 9000,
  idle_in_transaction_session_timeout: 8000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 2000,
}

/** A read that takes longer is cancelled and refused. */
export const READ_TIMEOUT_MS = 5000

/**
 * Settings of the planner: no JIT, which takes longer than the statements, and the costs of memory or an SSD. With Postgres' default
 * costs, those of a rotating disk, small tables are read whole for each row of a page, and a list takes a third longer.
 */
export const PLANNER_OPTIONS = ['jit=off', 'random_page_cost=1.1'].map((setting) => `-c ${setting}`).join(' ')

/** Opens a pool, which connects on first use. `destroy()` closes it. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, max, readOnly = false, journalKey, timeoutMs, log, onStatement } = options
  const settings = [
    DIRECT_SETTING,
    'tcp_user_timeout=5000',
    ...(readOnly ? ['default_transaction_read_only=on'] : []),
    ...(journalKey ? [`turri.journal_key=${journalKey}`] : []),
  ]
  const { connectionString, urlOptions } = splitOptions(url)
  const pool = new pg.Pool({
    connectionString,
    max,
    options: [...urlOptions, PLANNER_OPTIONS, ...settings.map((setting) => `-c ${setting}`)].join(' '),
    application_name: readOnly ? 'turritopsis-read' : 'turritopsis',
    types: { getTypeParser },
    pipeline: !readOnly,
    ...TIMEOUTS,
    ...(readOnly && { statement_timeout: READ_TIMEOUT_MS }),
    ...(timeoutMs && timeoutsOf(timeoutMs)),
  })
  const logLost = (error: Error) => log.warn({ reason: error.message }, 'a connection to Postgres was lost')
  pool.on('error', logLost)
  pool.on('connect', (client) => client.on('error', logLost)) // the pool does not listen while a connection is in use
  return new Kysely<never>({
    dialect: new PipeliningDialect(pool),
    ...(onStatement && { log: ({ query }) => onStatement(query.sql, query.parameters) }),
  })
}

/** @throws PoolerError if Postgres is behind a connection pooler. Does not throw if Postgres cannot be reached. */
export async function refusePooler(db: Database): Promise<void> {
  await sql`select`.execute(db).catch((error: unknown) => {
    if (error instanceof PoolerError) throw error
  })
}

const timeoutsOf = (ms: number) => ({ connectionTimeoutMillis: ms, statement_timeout: ms, query_timeout: ms + 1000 })

/** Separates `?options=` from an address, because they would replace ours. */
function splitOptions(url: string): { connectionString: string; urlOptions: string[] } {
  if (!url.includes('options=')) return { connectionString: url, urlOptions: [] }
  const address = new URL(url)
  const urlOptions = address.searchParams.getAll('options')
  address.searchParams.delete('options')
  return { connectionString: address.href, urlOptions }
}

/** Parses times to ISO strings, because a Date would become a string on its way through an activity. */
const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format: 'text') =>
  oid === pg.types.builtins.TIMESTAMPTZ
    ? (value: string) => new Date(isoOf(value)).toISOString()
    : pg.types.getTypeParser(oid, format)) as never

/** Converts `0099-12-31 23:59:59+00` to ISO 8601: JavaScript would parse it by rules of its own, as the year 1999. */
const isoOf = (value: string) => value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')

/** A decimal as the API shows it: without trailing zeros, and 0 for absolute values up to 0.0001 (`docs/http-api.md`, Big numbers). */
export function apiDecimal(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when abs(${value}) <= 0.0001 then 0 else trim_scale(${value}) end`
}

/** A time as the API shows it: ISO 8601 in UTC with milliseconds. */
export const isoTime = (value: RawBuilder<unknown>): RawBuilder<string> =>
  sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const TRANSIENT_SQLSTATES = /^(08|53|57P0|40001|40P01|55P03|25P0[34])/
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
const TRANSIENT_TEXTS =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout|statement timeout/

/** Whether the same statement may succeed later: the error is about the connection, the server or a concurrent transaction. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: string }).code ?? ''
  return TRANSIENT_CODES.has(code) || TRANSIENT_SQLSTATES.test(code) || TRANSIENT_TEXTS.test(error.message)
}
