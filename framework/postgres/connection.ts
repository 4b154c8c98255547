/** A connection of the pool, for Kysely. */
import type { DatabaseConnection, QueryResult } from 'kysely'
import type pg from 'pg'
import type { Statement } from './statement.ts'
import { StatementNames } from './statement-names.ts'

const CHANGING = ['INSERT', 'UPDATE', 'DELETE', 'MERGE']

/** Sends statements according to their flags. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  /** The error of the first failed pipelined statement, until it is thrown. */
  #failure: unknown
  /** The timeout after which this connection is not used any more. */
  #timeout: Error | undefined

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.#names = new StatementNames(client)
  }

  async executeQuery<R>(statement: Statement): Promise<QueryResult<R>> {
    const answer = this.#send(statement)
    if (statement.isPipelined) {
      answer.catch((error) => this.#keepFirstFailure(error))
      return { rows: [] }
    }
    const result = await answer.catch((error) => this.#keepFirstFailure(error))
    if (result && statement.isRollback) this.#failure = undefined
    if (result && this.#failure === undefined) return resultOf(result) // Postgres answers in order: all earlier statements succeeded
    const failure = this.#failure
    this.#failure = undefined
    throw withCaller(failure, new Error())
  }

  // biome-ignore lint/correctness/useYield: required by Kysely's interface, but not used here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported')
  }

  release(): void {
    this.#client.release(this.#timeout)
  }

  async #send({ sql: text, parameters, isPrepared }: Statement): Promise<pg.QueryResult> {
    if (this.#timeout) throw this.#timeout
    const name = isPrepared ? this.#names.nameOf(text) : undefined
    const answer = this.#client.query({ ...(name && { name }), text, values: [...parameters] })
    answer.catch((error: Error) => this.#giveUpAfter(error))
    return answer
  }

  /** A connection that does not answer is closed on release; until then its statements fail at once instead of waiting again. */
  #giveUpAfter(error: Error): void {
    if (error.message === 'Query read timeout') this.#timeout ??= error
  }

  #keepFirstFailure(error: unknown): void {
    this.#failure ??= error
  }
}

/** Adds the caller's stack, because the stack of an error of pg ends in its socket. */
function withCaller(error: unknown, caller: Error): unknown {
  if (error instanceof Error) error.stack += `\n${caller.stack?.split('\n').slice(1).join('\n')}`
  return error
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  return { rows: rows ?? [], ...(CHANGING.includes(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) }
}
