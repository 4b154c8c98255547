/** The plain operations of one table, in the transaction of a step. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { isUnstorable } from '../database.ts'
import { Problem } from '../problem.ts'
import { type Change, type Column, type Model, type New, type View, visibleColumns } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: the tables of a module are known to its service, not here
export type AnyTransaction = Transaction<any>

export interface Page {
  /** Only rows with greater ids: the last id of the page before. */
  after?: string
  ids?: string[]
  limit?: number
}

/** One table's rows that are not deleted, without their secrets. Refusals carry the texts of the HTTP API. */
export class Repository<M extends Model> {
  readonly #db: AnyTransaction
  readonly #model: M
  readonly #changeId: string

  constructor(db: AnyTransaction, model: M, changeId = '') {
    this.#db = db
    this.#model = model
    this.#changeId = changeId
  }

  /** At most `limit` rows (200 where it is not said), in the order of their ids. */
  async list({ after, ids, limit = 200 }: Page = {}): Promise<View<M>[]> {
    if (ids?.length === 0) return []
    return (await this.#db
      .selectFrom(this.#model.table)
      .select(visibleColumns(this.#model))
      .$if(this.#hides, (query) => query.where('deleted_at', 'is', null))
      .$if(after !== undefined, (query) => query.where('id', '>', after))
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids))
      .orderBy('id')
      .limit(limit)
      .execute()) as View<M>[]
  }

  /** @throws Problem `invalid_data` where a unique value is taken. */
  async create(rows: New<M>[]): Promise<View<M>[]> {
    if (rows.length === 0) return []
    const created = await this.#refusing(() =>
      this.#db
        .insertInto(this.#model.table)
        .values(rows.map(this.#inserted))
        .returning(visibleColumns(this.#model))
        .execute(),
    )
    return created as View<M>[]
  }

  /** Creates those rows that are not there by these columns; a rival that is creating the same is waited for. */
  async createMissing(rows: New<M>[], keys: string[]): Promise<View<M>[]> {
    if (rows.length === 0) return []
    const created = await this.#refusing(() =>
      this.#db
        .insertInto(this.#model.table)
        .values(rows.map(this.#stored))
        .onConflict((conflict) => conflict.columns(keys).where('deleted_at', 'is', null).doNothing())
        .returning(visibleColumns(this.#model))
        .execute(),
    )
    return created as View<M>[]
  }

  /**
   * Changes what is given; rows of the same fields in one statement. Where a model has a `version`, it rises, and a given one
   * is that which the change was decided on.
   *
   * @throws Problem `not_found` where a row is not there, `conflict` where it has another version by now, `invalid_data` where a
   *   unique value is taken.
   */
  async update(changes: Change<M>[]): Promise<View<M>[]> {
    const updated = new Map<string, View<M>>()
    for (const group of groupsOf(changes)) {
      const rows = await this.#refusing(() => this.#updateAlike(group))
      for (const row of rows) updated.set((row as { id: string }).id, row as View<M>)
      const missing = group.find(({ id }) => !updated.has(id))
      if (missing) throw await this.#whyNotUpdated(missing)
    }
    return changes.map(({ id }) => updated.get(id)!)
  }

  /** Adds to counters, such as `{ id, stock: -2 }`, whatever they hold by then. @throws Problem `not_found` */
  async count(differences: ({ id: string } & Record<string, number | string>)[]): Promise<View<M>[]> {
    const counted: View<M>[] = []
    for (const { id, ...by } of differences) {
      const added = Object.entries(by).map(([name, value]) => [name, sql`${sql.ref(name)} + ${value}`])
      const row = await this.#refusing(() =>
        this.#db
          .updateTable(this.#model.table)
          .set({ ...Object.fromEntries(added), ...this.#touched })
          .where('id', '=', id)
          .$if(this.#hides, (query) => query.where('deleted_at', 'is', null))
          .returning(visibleColumns(this.#model))
          .executeTakeFirst(),
      )
      if (!row) throw notFound(this.#model, id)
      counted.push(row as View<M>)
    }
    return counted
  }

  /** Removes rows for good; their children first, where there are any: the database deletes none by itself. */
  async delete(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const gone = await this.#refusing(() =>
      this.#db.deleteFrom(this.#model.table).where('id', 'in', ids).returning('id').execute(),
    )
    const missing = ids.find((id) => !gone.some((row) => row.id === id))
    if (missing) throw notFound(this.#model, missing)
    return ids
  }

  /** Hides rows; their unique values are free again. @throws Problem `not_found` where a row is not there. */
  async softDelete(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const deleted = await this.#db
      .updateTable(this.#model.table)
      .set({ deleted_at: sql`now()`, ...this.#touched })
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .returning('id')
      .execute()
    const missing = ids.find((id) => !deleted.some((row) => row.id === id))
    if (missing) throw notFound(this.#model, missing)
    return ids
  }

  /** `changes` have the same fields. */
  async #updateAlike(changes: Change<M>[]): Promise<unknown[]> {
    const { table, columns } = this.#model
    const given = Object.keys(changes[0]!).filter((name) => name !== 'id' && name !== 'version')
    const values = changes.map((change) => ({ ...this.#stored(change), id: change.id }))
    const typed = ['id', ...given, ...('version' in changes[0]! ? ['version'] : [])].map(
      (name) => sql`${sql.id(name)} ${sql.raw(sqlType(columns[name]!))}`,
    )
    return this.#db
      .updateTable(table)
      .from(sql`json_to_recordset(${JSON.stringify(values)}::json)`.as<'given'>(sql`given(${sql.join(typed)})`))
      .set({ ...Object.fromEntries(given.map((name) => [name, sql.ref(`given.${name}`)])), ...this.#touched })
      .whereRef(`${table}.id`, '=', 'given.id')
      .$if(this.#hides, (query) => query.where(`${table}.deleted_at`, 'is', null))
      .$if('version' in changes[0]!, (query) => query.whereRef(`${table}.version`, '=', 'given.version'))
      .returning(visibleColumns(this.#model).map((name) => `${table}.${name}`))
      .execute()
  }

  async #whyNotUpdated({ id }: { id: string }): Promise<Problem> {
    const [row] = await this.list({ ids: [id] })
    if (!row) return notFound(this.#model, id)
    return new Problem('conflict', `${titleOf(this.#model)} with id: ${id} has been changed by somebody else`)
  }

  /** Whether rows can be deleted softly. */
  get #hides(): boolean {
    return 'deleted_at' in this.#model.columns
  }

  /** What every change of a row changes as well. */
  get #touched(): Record<string, unknown> {
    const { table, columns } = this.#model
    return {
      ...('updated_at' in columns && { updated_at: sql`now()` }),
      ...('version' in columns && { version: sql`${sql.ref(`${table}.version`)} + 1` }),
    }
  }

  /** Makes this change the owner of rows, until it releases them. @throws Problem `conflict` where another one owns a row. */
  async lease(ids: string[]): Promise<void> {
    const leased = await this.#setLease(ids, this.#changeId, sql`leased_by is null or leased_by = ${this.#changeId}`)
    const missing = ids.find((id) => !leased.has(id))
    if (!missing) return
    const [row] = await this.list({ ids: [missing] })
    if (!row) throw notFound(this.#model, missing)
    throw new Problem(
      'conflict',
      `${titleOf(this.#model)} ${missing} is being changed by another request`,
      'ROW_LEASED',
    )
  }

  /** Gives back rows that this change owns; others are left as they are. */
  async release(ids: string[]): Promise<void> {
    await this.#setLease(ids, null, sql`leased_by = ${this.#changeId}`)
  }

  async #setLease(ids: string[], holder: string | null, free: RawBuilder<unknown>): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const leased = await this.#db
      .updateTable(this.#model.table)
      .set({ leased_by: holder })
      .where('id', 'in', ids)
      .$if(this.#hides, (query) => query.where('deleted_at', 'is', null))
      .where(sql<boolean>`(${free})`)
      .returning('id')
      .execute()
    return new Set(leased.map(({ id }) => id as string))
  }

  readonly #stored = (values: Record<string, unknown>): Record<string, unknown> => {
    const unknown = Object.keys(values).find((name) => !(name in this.#model.columns))
    if (unknown) throw new Problem('invalid_data', `${titleOf(this.#model)} has no field '${unknown}'`)
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  }

  /** JSON as text: the driver would take a list for an array of Postgres. */
  readonly #inserted = (values: Record<string, unknown>): Record<string, unknown> => {
    const { columns } = this.#model
    const isJson = (name: string, value: unknown) => columns[name]!.type === 'json' && value !== null
    return Object.fromEntries(
      Object.entries(this.#stored(values)).map(([name, value]) => [
        name,
        isJson(name, value) ? JSON.stringify(value) : value,
      ]),
    )
  }

  async #refusing<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await statement()
    } catch (error) {
      throw refusalOf(this.#model, error) ?? error
    }
  }
}

/** Changes of the same fields together; two changes of one row never, so that the later counts. */
function groupsOf<C extends { id: string }>(changes: C[]): C[][] {
  const groups = new Map<string, C[]>()
  const seen = new Map<string, number>()
  for (const given of changes) {
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as C
    const nth = seen.get(change.id) ?? 0
    seen.set(change.id, nth + 1)
    const key = `${nth} ${Object.keys(change).sort().join(' ')}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()]
}

function sqlType({ type }: Column): string {
  return type === 'json' ? 'jsonb' : type
}

/** What a violated constraint means to the caller; undefined where it is none of those. */
function refusalOf(model: Model, error: unknown): Problem | undefined {
  const { code, detail, column } = error as { code?: string; detail?: string; column?: string }
  if (code === '23505') {
    const [, keys, values] = /^Key \((.+)\)=\((.*)\) already exists/.exec(detail ?? '') ?? []
    return new Problem('invalid_data', `${titleOf(model)} with ${keys}: ${values}, already exists.`)
  }
  if (code === '23503') return brokenReference(model, detail ?? '')
  if (code === '23502') return new Problem('invalid_data', `Cannot set field '${column}' of ${titleOf(model)} to null`)
  return isUnstorable(error) ? unstorable() : undefined
}

/** Of a foreign key: what it refers to is not there, or is still referred to. */
function brokenReference(model: Model, detail: string): Problem {
  const [, key, value] = /^Key \((.+)\)=\((.*)\) is not present/.exec(detail) ?? []
  if (!key) return new Problem('not_allowed', `${titleOf(model)} cannot be deleted: it is still referred to. ${detail}`)
  return new Problem('not_found', `You tried to set relationship ${key}: ${value}, but such entity does not exist`)
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
