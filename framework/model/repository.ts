/** The plain operations of one table, in the transaction of a step. */
import { sql, type Transaction } from 'kysely'
import { isUnstorable } from '../database.ts'
import { Problem } from '../problem.ts'
import type { Change, Model, New, Row } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: the tables of a module are known to its service, not here
export type AnyTransaction = Transaction<any>

export interface Page {
  /** Only rows with greater ids: the last id of the page before. */
  after?: string
  ids?: string[]
  limit?: number
}

/** One table's rows that are not deleted. Refusals carry the texts of the HTTP API. */
export class Repository<M extends Model> {
  readonly #db: AnyTransaction
  readonly #model: M

  constructor(db: AnyTransaction, model: M) {
    this.#db = db
    this.#model = model
  }

  /** At most `limit` rows (200 where it is not said), in the order of their ids. */
  async list({ after, ids, limit = 200 }: Page = {}): Promise<Row<M>[]> {
    if (ids?.length === 0) return []
    return (await this.#db
      .selectFrom(this.#model.table)
      .select(Object.keys(this.#model.columns))
      .where('deleted_at', 'is', null)
      .$if(after !== undefined, (query) => query.where('id', '>', after))
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids))
      .orderBy('id')
      .limit(limit)
      .execute()) as Row<M>[]
  }

  /** @throws Problem `invalid_data` where a unique value is taken. */
  async create(rows: New<M>[]): Promise<Row<M>[]> {
    if (rows.length === 0) return []
    const created = await this.#refusing(() =>
      this.#db.insertInto(this.#model.table).values(rows.map(this.#stored)).returningAll().execute(),
    )
    return created as Row<M>[]
  }

  /** Creates those rows that are not there by these columns; a rival that is creating the same is waited for. */
  async createMissing(rows: New<M>[], keys: string[]): Promise<Row<M>[]> {
    if (rows.length === 0) return []
    const created = await this.#refusing(() =>
      this.#db
        .insertInto(this.#model.table)
        .values(rows.map(this.#stored))
        .onConflict((conflict) => conflict.columns(keys).where('deleted_at', 'is', null).doNothing())
        .returningAll()
        .execute(),
    )
    return created as Row<M>[]
  }

  /** @throws Problem `not_found` where a row is not there, `invalid_data` where a unique value is taken. */
  async update(changes: Change<M>[]): Promise<Row<M>[]> {
    const updated: Row<M>[] = []
    for (const { id, ...values } of changes) {
      const row = await this.#refusing(() =>
        this.#db
          .updateTable(this.#model.table)
          .set({ ...this.#stored(values), updated_at: sql`now()` })
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .returningAll()
          .executeTakeFirst(),
      )
      if (!row) throw notFound(this.#model, id)
      updated.push(row as Row<M>)
    }
    return updated
  }

  /** @throws Problem `not_found` where a row is not there. */
  async softDelete(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const deleted = await this.#db
      .updateTable(this.#model.table)
      .set({ deleted_at: sql`now()` })
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .returning('id')
      .execute()
    const missing = ids.find((id) => !deleted.some((row) => row.id === id))
    if (missing) throw notFound(this.#model, missing)
    return ids
  }

  readonly #stored = (values: Record<string, unknown>): Record<string, unknown> => {
    const unknown = Object.keys(values).find((name) => !(name in this.#model.columns))
    if (unknown) throw new Problem('invalid_data', `${titleOf(this.#model)} has no field '${unknown}'`)
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  }

  async #refusing<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await statement()
    } catch (error) {
      throw refusalOf(this.#model, error) ?? error
    }
  }
}

/** What a violated constraint means to the caller; undefined where it is none of those. */
function refusalOf(model: Model, error: unknown): Problem | undefined {
  const { code, detail, column } = error as { code?: string; detail?: string; column?: string }
  if (code === '23505') {
    const [, keys, values] = /^Key \((.+)\)=\((.*)\) already exists/.exec(detail ?? '') ?? []
    return new Problem('invalid_data', `${titleOf(model)} with ${keys}: ${values}, already exists.`)
  }
  if (code === '23502') return new Problem('invalid_data', `Cannot set field '${column}' of ${titleOf(model)} to null`)
  return isUnstorable(error) ? unstorable() : undefined
}

/** The refusal of characters that no text in the database can hold. */
export function unstorable(): Problem {
  return new Problem('invalid_data', 'The request has characters that cannot be stored, such as NUL')
}

/** The refusal of an id, or another key, that is not there. */
export function notFound(model: Model, id: string, key = 'id'): Problem {
  return new Problem('not_found', `${titleOf(model)} with ${key}: ${id} was not found`)
}

/** A table's name as people write it: `product_tag` is `Product Tag`. */
export function titleOf({ table }: Model): string {
  return table.replace(/(^|_)(\w)/g, (_, gap, letter) => (gap && ' ') + letter.toUpperCase())
}
