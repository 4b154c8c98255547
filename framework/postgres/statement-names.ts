/** The prepared statements of one connection. */
import pg from 'pg'

const MAX_STATEMENTS = 200

/** An LRU cache, text → name, that closes the statements it evicts. */
export class StatementNames {
  readonly #client: pg.PoolClient
  readonly #names = new Map<string, string>()
  #count = 0

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  nameOf(text: string): string {
    const name = this.#names.get(text) ?? `turri_${++this.#count}`
    this.#names.delete(text)
    this.#names.set(text, name)
    if (this.#names.size > MAX_STATEMENTS) this.#close(...this.#names.entries().next().value!)
    return name
  }

  #close(text: string, name: string): void {
    this.#names.delete(text)
    const closing = new CloseStatement(name)
    closing.on('error', () => {}) // the connection is lost, and its statements with it
    this.#client.query(closing)
  }
}

/** pg keeps the text of each prepared statement and has no method to close one. */
type Connection = pg.Connection & { parsedStatements: Record<string, string> }

/**
 * The protocol's Close message. Unlike `deallocate`, it is no error if the statement could not be prepared, and it works in a failed
 * transaction.
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
