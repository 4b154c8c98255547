/** How statements are sent: prepared, so that Postgres parses and plans a known shape once per connection, or ahead of their answers. */
import { sql } from 'kysely'
import pg from 'pg'

/** What a statement begins with that is worth preparing: its text is the same however its values differ. */
export const PREPARED = '/* prepared */ '
/** The same, at the very beginning of a statement in a template. */
export const prepared = sql.raw(PREPARED)

const AHEAD = '/* ahead */ '
/**
 * At the very beginning of a statement in a transaction whose answer nobody has a use for: it is prepared and sent, and not waited for.
 * Where it fails, the next statement of the connection that is waited for, at the latest the commit, fails with its error.
 */
export const ahead = sql.raw(AHEAD)

const MAX_STATEMENTS = 200
/** What is said of a statement before its answer is there. */
const UNANSWERED = { command: null, rowCount: null, rows: [] }

type Parsed = Record<string, string>

/** A connection that prepares what is marked, and forgets what was not sent for the longest; with `pipeline` it sends ahead. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()
  #count = 0
  /** Of the first statement sent ahead that failed, until it is told. */
  #failure: unknown

  override readonly query = ((text: unknown, ...rest: unknown[]) => {
    const send = super.query as (...given: unknown[]) => unknown
    if (typeof text !== 'string' || rest.length !== 1 || !Array.isArray(rest[0])) return send.call(this, text, ...rest)
    const [values] = rest
    const isAhead = text.startsWith(AHEAD)
    const name = isAhead || text.startsWith(PREPARED) ? this.#nameOf(text) : undefined
    const statement = { ...(name && { name }), text, values }
    const answer = send.call(this, statement) as Promise<unknown>
    answer.catch((error: Error) => this.#giveUpAfter(error))
    if (text.startsWith('rollback')) return this.#forgiven(answer)
    return isAhead || text === 'begin' ? this.#notWaitedFor(answer) : this.#inTurn(answer)
  }) as pg.Client['query']

  /** A connection that does not answer is closed at once: each later statement on it would wait as long. */
  #giveUpAfter({ message }: Error): void {
    if (message === 'Query read timeout') this.end().catch(() => {})
  }

  #notWaitedFor(answer: Promise<unknown>): unknown {
    answer.catch((error) => {
      this.#failure ??= error
    })
    return UNANSWERED
  }

  /** Postgres answers in order: by now it is known how all went that was sent before. */
  async #inTurn(answer: Promise<unknown>): Promise<unknown> {
    const result = await answer.catch((error) => {
      this.#failure ??= error
    })
    if (this.#failure === undefined) return result
    const failure = this.#failure
    this.#failure = undefined
    throw failure
  }

  /** What is rolled back, be it to a savepoint, need not be told. */
  async #forgiven(answer: Promise<unknown>): Promise<unknown> {
    await answer
    this.#failure = undefined
    return UNANSWERED
  }

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
