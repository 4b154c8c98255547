/** Prepared statements: Postgres parses and plans a statement of a known shape once per connection. */
import { sql } from 'kysely'
import pg from 'pg'

/** What a statement begins with that is worth preparing: its text is the same however its values differ. */
export const PREPARED = '/* prepared */ '
/** The same, at the very beginning of a statement in a template. */
export const prepared = sql.raw(PREPARED)

const MAX_STATEMENTS = 200

type Parsed = Record<string, string>

/** A connection that prepares what is marked, and forgets what was not sent for the longest. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()
  #count = 0

  override readonly query = ((text: unknown, ...rest: unknown[]) => {
    const send = super.query as (...given: unknown[]) => unknown
    if (typeof text !== 'string' || !text.startsWith(PREPARED) || !Array.isArray(rest[0])) {
      return send.call(this, text, ...rest)
    }
    const [values, ...callback] = rest
    return send.call(this, { name: this.#nameOf(text), text, values }, ...callback)
  }) as pg.Client['query']

  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `turri_${++this.#count}`
    this.#names.delete(text)
    this.#names.set(text, name)
    if (this.#names.size > MAX_STATEMENTS) this.#forget(...this.#names.entries().next().value!)
    return name
  }

  /** Only what Postgres has: to deallocate what it has not would break a transaction. */
  #forget(text: string, name: string): void {
    this.#names.delete(text)
    const parsed = (this as unknown as { connection: { parsedStatements: Parsed } }).connection.parsedStatements
    if (!(name in parsed)) return
    delete parsed[name]
    super.query(`deallocate ${name}`).catch(() => {}) // the connection is gone, and the statement with it
  }
}
