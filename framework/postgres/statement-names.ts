/** The prepared statements of one connection. */
import pg from 'pg'

const MAX_STATEMENTS = 200

/** Text → name; the least recently used is closed when there are too many. */
export class StatementNames {
  readonly #client: pg.PoolClient
  readonly #names = new Map<string, string>()
  #count = 0

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  of(text: string): string {
    const name = this.#names.get(text) ?? `turri_${++this.#count}`
    this.#names.delete(text)
    this.#names.set(text, name)
    if (this.#names.size > MAX_STATEMENTS) this.#close(...this.#names.entries().next().value!)
    return name
  }

  #close(text: string, name: string): void {
    this.#names.delete(text)
    const closing = new CloseStatement(name)
    closing.on('error', () => {}) // the connection is lost, and the statement with it
    this.#client.query(closing)
  }
}

/** pg keeps the text of each statement it has prepared, and has no way of its own to close one. */
type Connection = pg.Connection & { parsedStatements: Record<string, string> }

/**
 * The protocol's Close. Unlike `deallocate` it is no error if the statement could not be prepared, works in a transaction that has
 * failed, and is understood by PgBouncer.
 */
class CloseStatement extends pg.Query {
  constructor(name: string) {
    super('')
    this.submit = (connection) => {
      delete (connection as Connection).parsedStatements[name]
      connection.close({ type: 'S', name }, false)
      connection.sync()
    }
  }
}
