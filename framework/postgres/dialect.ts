/** Kysely's Postgres dialect with prepared and pipelined statements. */
import { type Driver, PostgresDialect, type TransactionSettings } from 'kysely'
import type pg from 'pg'
import { PostgresConnection } from './connection.ts'
import { connectionError, refuseLostSettings } from './pooler.ts'
import { statement } from './statement.ts'

export class PipeliningDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  /** @param pool with the option `pipeline`, statements are sent without waiting for earlier answers. */
  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new PipeliningDriver(this.#pool)
  }
}

class PipeliningDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #connections = new WeakMap<pg.PoolClient, PostgresConnection>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    const client = await this.#pool.connect().catch((error: Error) => {
      throw connectionError(error)
    })
    return this.#connections.get(client) ?? this.#createConnection(client)
  }

  async #createConnection(client: pg.PoolClient): Promise<PostgresConnection> {
    await refuseLostSettings(client).catch((error: Error) => {
      client.release(error)
      throw error
    })
    const connection = new PostgresConnection(client)
    this.#connections.set(client, connection)
    return connection
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings
    const text = ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(' ')
    await connection.executeQuery(statement(text, [], { isPipelined: true }))
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.executeQuery(statement('commit', [], {}))
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.executeQuery(statement('rollback', [], { isRollback: true }))
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}
