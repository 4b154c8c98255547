/** How a statement is sent: flags on the compiled query, which `connection.ts` reads. */
import { CompiledQuery, type QueryResult, type RawBuilder } from 'kysely'
import type { AnyDatabase } from '../database.ts'

interface Flags {
  /** Sent by name, so that Postgres parses and plans it once per connection. */
  readonly isPrepared?: boolean
  /** Not waited for; if it fails, the next statement that is waited for fails with its error. */
  readonly isPipelined?: boolean
  /** Discards the failure of the pipelined statements before it. */
  readonly isRollback?: boolean
}

export type Statement = CompiledQuery & Flags

/** A query that can only be executed. */
interface Executable<A> {
  execute(db: AnyDatabase): Promise<A>
}

/** A statement with flags. */
export function statement(text: string, parameters: readonly unknown[], flags: Flags): Statement {
  return { ...CompiledQuery.raw(text, [...parameters]), ...flags }
}

/**
 * For queries whose text stays the same when their values differ.
 *
 * @example
 * const { rows } = await prepared(sql<{ id: string }>`select id from brand where handle = ${handle}`).execute(db)
 */
export function prepared<R>(query: RawBuilder<R>): Executable<QueryResult<R>> {
  return { execute: (db) => send<R>(db, query, { isPrepared: true }) }
}

/** Like `prepared`, for a compiled text. */
export function preparedText(text: string, parameters: unknown[]): Statement {
  return statement(text, parameters, { isPrepared: true })
}

/**
 * For queries of a transaction whose result nobody needs: prepared and sent, but not waited for. If one fails, the next statement
 * that is waited for, at the latest the commit, fails with its error.
 *
 * @example
 * await pipelined(sql`insert into brand_log (brand_id) values (${id})`).execute(trx)
 */
export function pipelined(query: RawBuilder<unknown>): Executable<void> {
  return {
    async execute(db) {
      await send(db, query, { isPrepared: true, isPipelined: true })
    },
  }
}

/** For `rollback to savepoint`: discards failures of pipelined statements within the savepoint. */
export function rollback(query: RawBuilder<unknown>): Executable<void> {
  return {
    async execute(db) {
      await send(db, query, { isRollback: true })
    },
  }
}

function send<R>(db: AnyDatabase, query: RawBuilder<R>, flags: Flags): Promise<QueryResult<R>> {
  const { sql: text, parameters } = query.compile(db)
  return db.executeQuery<R>(statement(text, parameters, flags))
}
