/** Connections to Postgres: one pool that writes, one that cannot. */
import { Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from './log.ts'
import { PipeliningDialect } from './postgres/dialect.ts'
import { DIRECT_SETTING, PoolerError } from './postgres/pooler.ts'

/** The tables are known to the modules, not here. */
export type Database = Kysely<never>

// biome-ignore lint/suspicious/noExplicitAny: a pool or a transaction, of whatever tables
export type AnyDatabase = Kysely<any>
// biome-ignore lint/suspicious/noExplicitAny: of whatever tables
export type AnyTransaction = Transaction<any>

export interface DatabaseOptions {
  url: string
  max: number
  /** Every transaction of these connections is read-only. */
  readOnly?: boolean
  /** What the journal seals secret columns with; without it their old values are not kept. */
  journalKey?: string
  /** How long a connection and a statement may take; default: 5 s to connect, 8 s a statement, 5 s a read. */
  timeoutMs?: number
  log: Logger
  /** Is told each statement that is sent. */
  onStatement?: (text: string, parameters: readonly unknown[]) => void
}

/** So that a dead peer, a stuck statement or a forgotten transaction ends in seconds. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5000,
  statement_timeout: 8000,
  query_timeout: 9000,
  idle_in_transaction_session_timeout: 8000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 2000,
}

/** A read that takes longer is broken off and refused. */
export const READ_TIMEOUT_MS = 5000

/**
 * How statements are planned: without compiling them, which takes longer than they do, and for data in memory or on an SSD. By Postgres'
 * own figure, which is a turning disk's, small tables are read whole for each row of a page: a list takes a third longer.
 */
export const PLANNED = ['jit=off', 'random_page_cost=1.1'].map((setting) => `-c ${setting}`).join(' ')

/** Opens a pool; it connects when it is first used. `destroy()` closes it in order. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, max, readOnly = false, journalKey, timeoutMs, log, onStatement } = options
  const settings = [
    DIRECT_SETTING,
    'tcp_user_timeout=5000',
    ...(readOnly ? ['default_transaction_read_only=on'] : []),
    ...(journalKey ? [`turri.journal_key=${journalKey}`] : []),
  ]
  const { connectionString, theirs } = withoutOptions(url)
  const pool = new pg.Pool({
    connectionString,
    max,
    options: [...theirs, PLANNED, ...settings.map((setting) => `-c ${setting}`)].join(' '),
    application_name: readOnly ? 'turritopsis-read' : 'turritopsis',
    types: { getTypeParser },
    pipeline: !readOnly,
    ...TIMEOUTS,
    ...(readOnly && { statement_timeout: READ_TIMEOUT_MS }),
    ...(timeoutMs && timeoutsOf(timeoutMs)),
  })
  const lost = (error: Error) => log.warn({ reason: error.message }, 'a connection to Postgres was lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost)) // while it is in use nobody else listens, and it would end us
  return new Kysely<never>({
    dialect: new PipeliningDialect(pool),
    ...(onStatement && { log: ({ query }) => onStatement(query.sql, query.parameters) }),
  })
}

/** Does not wait for a Postgres that is away. @throws PoolerError if a connection pooler stands before it. */
export async function refusePooler(db: Database): Promise<void> {
  await sql`select`.execute(db).catch((error: unknown) => {
    if (error instanceof PoolerError) throw error
  })
}

const timeoutsOf = (ms: number) => ({ connectionTimeoutMillis: ms, statement_timeout: ms, query_timeout: ms + 1000 })

/** An address whose `?options=` stand by themselves, as they would replace ours. */
function withoutOptions(url: string): { connectionString: string; theirs: string[] } {
  if (!url.includes('options=')) return { connectionString: url, theirs: [] }
  const address = new URL(url)
  const theirs = address.searchParams.getAll('options')
  address.searchParams.delete('options')
  return { connectionString: address.href, theirs }
}

/** A point in time is an ISO string from the start: a Date would change its type on the way through an activity. */
const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format: 'text') =>
  oid === pg.types.builtins.TIMESTAMPTZ
    ? (value: string) => new Date(isoOf(value)).toISOString()
    : pg.types.getTypeParser(oid, format)) as never

/** `0099-12-31 23:59:59+00` as ISO 8601 has it: anything else JavaScript reads by its own rules, which make that 1999. */
const isoOf = (value: string) => value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')

/** A decimal as the API shows it: without zeros at its end, and what is next to nothing as nothing (`api/http-semantics.md` 7). */
export function apiDecimal(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when abs(${value}) <= 0.0001 then 0 else trim_scale(${value}) end`
}

/** A point in time as the API shows it, where Postgres makes the JSON: ISO 8601 in UTC with milliseconds. */
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

/** Whether the same statement may well succeed a moment later: the connection, the server or a rival was at fault. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: string }).code ?? ''
  return TRANSIENT_CODES.has(code) || TRANSIENT_SQLSTATES.test(code) || TRANSIENT_TEXTS.test(error.message)
}
