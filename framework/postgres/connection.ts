/** One connection of a pool, as Kysely uses it. */
import type { DatabaseConnection, QueryResult } from 'kysely'
import type pg from 'pg'
import type { Statement } from './statement.ts'
import { StatementNames } from './statement-names.ts'

const CHANGING = ['INSERT', 'UPDATE', 'DELETE', 'MERGE']

/** Sends statements as their flags say. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  /** Of the first pipelined statement that failed, until it is thrown. */
  #failure: unknown
  /** Why this connection is not used any more. */
  #timeout: Error | undefined

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.#names = new StatementNames(client)
  }

  async executeQuery<R>(statement: Statement): Promise<QueryResult<R>> {
    const answer = this.#send(statement)
    if (statement.isPipelined) {
      answer.catch((error) => this.#note(error))
      return { rows: [] }
    }
    const result = await answer.catch((error) => this.#note(error))
    if (result && statement.isRollback) this.#failure = undefined
    if (result && this.#failure === undefined) return resultOf(result) // Postgres answers in order: all before it went well
    const failure = this.#failure
    this.#failure = undefined
    throw withCaller(failure, new Error())
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for it, and nobody here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported')
  }

  release(): void {
    this.#client.release(this.#timeout)
  }

  async #send({ sql: text, parameters, isPrepared }: Statement): Promise<pg.QueryResult> {
    if (this.#timeout) throw this.#timeout
    const name = isPrepared ? this.#names.of(text) : undefined
    const answer = this.#client.query({ ...(name && { name }), text, values: [...parameters] })
    answer.catch((error: Error) => this.#giveUpAfter(error))
    return answer
  }

  /** A connection that does not answer is closed when it is released; until then each statement on it would wait as long. */
  #giveUpAfter(error: Error): void {
    if (error.message === 'Query read timeout') this.#timeout ??= error
  }

  #note(error: unknown): void {
    this.#failure ??= error
  }
}

/** The stack that pg gives an error ends in its socket; the caller's is what one looks for. */
function withCaller(error: unknown, here: Error): unknown {
  if (error instanceof Error) error.stack += `\n${here.stack?.split('\n').slice(1).join('\n')}`
  return error
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  return { rows: rows ?? [], ...(CHANGING.includes(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) }
}
