/** The plain operations of one table, in the transaction of a step. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { idsOf } from '../ids-of.ts'
import { dismissLinks, type GoneRows, type LinkColumnsOf } from '../link/links-of-rows.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { nothingToUpdate, Problem } from '../problem.ts'
import { type LockMode, lockRows } from './lock-rows.ts'
import { type Change, type Model, type New, type PublicRow, SQL_TYPES, visibleColumns } from './model.ts'
import { notFound } from './refusals.ts'
import type { Relation } from './relations.ts'

// biome-ignore lint/suspicious/noExplicitAny: the tables of a module are known to its service, not here
export type AnyTransaction = Transaction<any>

export interface Page {
  /** Only rows with greater ids: the last id of the page before. */
  after?: string
  ids?: string[]
  limit?: number
}

/** What a repository works in: a transaction, a module, a change. */
export interface RepositoryContext {
  db: AnyTransaction
  /** Its name is that of the schema; what is deleted with a row is found among its models. */
  module: { name: string; models: Readonly<Record<string, Model>> }
  changeId: string
  /** Where rows are linked: their links go with them. */
  linkColumnsOf: LinkColumnsOf
}

/** One table's rows that are not deleted, without their secrets. What the database refuses, `refusalOf` puts in words. */
export class Repository<M extends Model> {
  readonly #context: RepositoryContext
  readonly #model: M

  constructor(context: RepositoryContext, model: M) {
    this.#context = context
    this.#model = model
  }

  get #db(): AnyTransaction {
    return this.#context.db
  }

  /** At most `limit` rows (200 where it is not said), in the order of their ids. */
  async list({ after, ids, limit = 200 }: Page = {}): Promise<PublicRow<M>[]> {
    if (ids?.length === 0) return []
    return (await this.#db
      .selectFrom(this.#model.table)
      .select(visibleColumns(this.#model))
      .$if(this.#hides, (query) => query.where('deleted_at', 'is', null))
      .$if(after !== undefined, (query) => query.where('id', '>', after))
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids))
      .orderBy('id')
      .limit(limit)
      .execute()) as PublicRow<M>[]
  }

  /** Locks rows until the step ends. @returns the ids that do not exist. */
  lock(ids: readonly string[], mode?: LockMode): Promise<string[]> {
    return lockRows(this.#db, this.#context.module.name, this.#model, ids, mode)
  }

  /** @throws Problem `invalid_data` where a unique value is taken. */
  create(rows: New<M>[]): Promise<PublicRow<M>[]>
  /** Like `create`, without returning the rows. */
  create(rows: New<M>[], options: { returning: false }): Promise<void>
  async create(rows: New<M>[], { returning = true } = {}): Promise<unknown> {
    const inserted = await this.#insert(rows, sql``, returning ? this.#visible : undefined)
    if (!returning) return undefined
    const created = new Map(inserted.map((row) => [row.id, row]))
    return rows.map((row: Record<string, unknown>) => created.get(row[this.#key] as string)!)
  }

  /**
   * Creates the rows that do not exist yet by these columns; waits for another transaction that is creating the same.
   *
   * @returns the ids of the rows created.
   */
  createMissing(rows: New<M>[], keys: string[]): Promise<string[]>
  /** Like `createMissing`, without returning the ids. */
  createMissing(rows: New<M>[], keys: string[], options: { returning: false }): Promise<void>
  async createMissing(rows: New<M>[], keys: string[], { returning = true } = {}): Promise<unknown> {
    const id = sql`${sql.id(this.#model.table, this.#key)} as id`
    const created = await this.#insert(rows, this.#unless(keys), returning ? id : undefined)
    return returning ? created.map(({ id }) => id) : undefined
  }

  /** A row that is there by these columns stays as it is. */
  #unless(keys: string[]): RawBuilder<unknown> {
    const where = this.#hides ? sql`where deleted_at is null` : sql``
    return sql`on conflict (${sql.join(keys.map((key) => sql.id(key)))}) ${where} do nothing`
  }

  /** Rows of the same fields in one statement, whose text does not depend on how many they are. */
  async #insert(
    rows: New<M>[],
    onConflict: RawBuilder<unknown>,
    returned?: RawBuilder<unknown>,
  ): Promise<(PublicRow<M> & { id: string })[]> {
    const created: (PublicRow<M> & { id: string })[] = []
    for (const group of alike(rows.map(this.#stored))) {
      const names = sql.join(Object.keys(group[0]!).map((name) => sql.id(name)))
      const insert = sql`insert into ${this.#table} (${names}) select ${names} from ${this.#given(group)} ${onConflict}`
      if (!returned) {
        await pipelined(insert).execute(this.#db)
        continue
      }
      const returning = sql<PublicRow<M> & { id: string }>`${insert} returning ${returned}`
      created.push(...(await prepared(returning).execute(this.#db)).rows)
    }
    return created
  }

  /**
   * Changes what is given; rows of the same fields in one statement. Where a model has a `version`, it rises, and a given one
   * is that which the change was decided on.
   *
   * @throws Problem `not_found` where a row is not there, `conflict` where it has another version by now, `invalid_data` where a
   *   unique value is taken.
   */
  async update(changes: Change<M>[]): Promise<PublicRow<M>[]> {
    const updated = new Map<string, PublicRow<M>>()
    for (const group of groupsOf(changes.map(this.#stored) as Change<M>[])) {
      const rows = await this.#updateAlike(group)
      const changed = new Map(rows.map((row) => [(row as { id: string }).id, row as PublicRow<M>]))
      const missing = group.find(({ id }) => !changed.has(id))
      if (missing) throw await this.#whyNotUpdated(missing)
      for (const [id, row] of changed) updated.set(id, row)
    }
    return changes.map(({ id }) => updated.get(id)!)
  }

  /**
   * Adds to counters, such as `{ id, stock: -2 }`, whatever they hold by then; rows of the same counters in one statement.
   *
   * @throws Problem `not_found` where a row is not there, `not_allowed` where a check of the table forbids the sum.
   */
  async count(differences: ({ id: string } & Record<string, number | string>)[]): Promise<PublicRow<M>[]> {
    const counted = new Map<string, PublicRow<M>>()
    for (const group of groupsOf(differences)) {
      const rows = await this.#countAlike(group)
      for (const row of rows) counted.set((row as { id: string }).id, row as PublicRow<M>)
      const missing = group.find(({ id }) => !counted.has(id))
      if (missing) throw nothingToUpdate(this.#model.title, missing.id)
    }
    return differences.map(({ id }) => counted.get(id)!)
  }

  /** `differences` are of the same counters, and of different rows. */
  async #countAlike(differences: { id: string }[]): Promise<unknown[]> {
    const { table } = this.#model
    const names = Object.keys(differences[0]!).filter((name) => name !== 'id')
    const added = names.map((name) => [name, sql`${sql.id(table, name)} + ${sql.id('given', name)}`] as const)
    const { rows } = await sql`
      update ${this.#table} set ${sql.join(assignments({ ...Object.fromEntries(added), ...this.#touched }))}
      from ${this.#given(differences)} where ${sql.id(table, 'id')} = given.id
      ${this.#hides ? sql`and ${sql.id(table, 'deleted_at')} is null` : sql``} returning ${this.#visible}`.execute(
      this.#db,
    )
    return rows
  }

  /**
   * Removes rows for good, and dismisses their links; their children first, where there are any: the database deletes none by
   * itself.
   */
  async delete(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const gone = await this.#db.deleteFrom(this.#model.table).where('id', 'in', ids).returning('id').execute()
    const missing = ids.find((id) => !gone.some((row) => row.id === id))
    if (missing) throw notFound(this.#model, missing)
    await this.#dismissLinks(new Map([[this.#entity, ids]]))
    return ids
  }

  /**
   * Removes for good, as `delete` does, all rows that have one of these values in each of these columns.
   *
   * @example rows.product_tags.deleteWhere({ product_id: ids })
   */
  async deleteWhere(columns: Record<string, readonly string[]>): Promise<void> {
    const given = Object.entries(columns)
    if (given.some(([, values]) => values.length === 0)) return
    const conditions = given.map(([column, values]) => sql`${sql.id(column)} = any(${values}::text[])`)
    const isLinked = this.#context.linkColumnsOf(this.#entity).length > 0
    const deletion = sql`delete from ${this.#table} where ${sql.join(conditions, sql` and `)}`
    if (!isLinked) return pipelined(deletion).execute(this.#db)
    const { rows } = await prepared(sql<{ id: string }>`${deletion} returning id`).execute(this.#db)
    await this.#dismissLinks(new Map([[this.#entity, idsOf(rows)]]))
  }

  /**
   * Hides rows, with those of the relations that cascade, and dismisses the links of all of them; their unique values are free
   * again.
   *
   * @throws Problem `not_found` where a row is not there.
   */
  async softDelete(ids: string[]): Promise<string[]> {
    const gone: GoneRows = new Map()
    const deleted = await this.#hide('id', ids, gone)
    const missing = ids.find((id) => !deleted.includes(id))
    if (missing) throw notFound(this.#model, missing)
    await this.#dismissLinks(gone)
    return ids
  }

  #dismissLinks(gone: GoneRows): Promise<void> {
    return dismissLinks(this.#db, this.#context.linkColumnsOf, gone)
  }

  /** What is hidden is noted in `gone`. */
  async #hide(column: string, values: readonly string[], gone: GoneRows): Promise<string[]> {
    if (values.length === 0) return []
    const { rows } = await prepared(sql<{ id: string }>`
      update ${this.#table} set ${sql.join(assignments({ deleted_at: sql`now()`, ...this.#touched }))}
      where ${sql.id(column)} = any(${values}::text[]) and deleted_at is null returning id`).execute(this.#db)
    const ids = rows.map(({ id }) => id)
    gone.set(this.#entity, [...(gone.get(this.#entity) ?? []), ...ids])
    for (const { target, by = `${this.#model.table}_id`, key } of cascading(this.#model)) {
      if (key !== 'id') throw new Error(`${this.#model.table} cannot cascade by '${key}'`)
      const model = Object.values(this.#context.module.models).find(({ table }) => table === target)
      if (!model) throw new Error(`${this.#model.table} cascades to ${target}, which is no table of its module`)
      await new Repository(this.#context, model).#hide(by, ids, gone)
    }
    return ids
  }

  /** `changes` have the same fields. */
  async #updateAlike(changes: Change<M>[]): Promise<unknown[]> {
    const { table } = this.#model
    const given = Object.keys(changes[0]!).filter((name) => name !== 'id' && name !== 'version')
    const set = { ...Object.fromEntries(given.map((name) => [name, this.#changed(name)])), ...this.#touched }
    if (Object.keys(set).length === 0) return this.list({ ids: changes.map(({ id }) => id), limit: changes.length })
    const conditions = [
      sql`${sql.id(table, 'id')} = given.id`,
      ...(this.#hides ? [sql`${sql.id(table, 'deleted_at')} is null`] : []),
      ...('version' in changes[0]! ? [sql`${sql.id(table, 'version')} = given.version`] : []),
    ]
    const { rows: updated } = await prepared(sql`
      update ${this.#table} set ${sql.join(assignments(set))} from ${this.#given(changes)}
      where ${sql.join(conditions, sql` and `)} returning ${this.#visible}`).execute(this.#db)
    return updated
  }

  /** What a column becomes. Of `metadata` the keys that are given; one whose value is '' goes (`http-semantics.md` 7). */
  #changed(name: string): RawBuilder<unknown> {
    const given = sql.ref(`given.${name}`)
    if (name !== 'metadata' || this.#model.columns[name]!.type !== 'json') return given
    const there = sql.ref(`${this.#model.table}.${name}`)
    return sql`case when ${given} is null or ${given} = '{}' then ${given} else
      (coalesce(${there}, '{}') || ${given}) - array(select key from jsonb_each(${given}) where value = '""') end`
  }

  /** Rows of the same fields as a table `given`: one parameter, however many they are. */
  #given(rows: readonly Record<string, unknown>[]): RawBuilder<unknown> {
    const typed = Object.keys(rows[0]!).map(
      (name) => sql`${sql.id(name)} ${sql.raw(SQL_TYPES[this.#model.columns[name]!.type])}`,
    )
    return sql`json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.join(typed)})`
  }

  /** The column that ids are kept in. */
  get #key(): string {
    return this.#model.columns.id!.sameAs ?? 'id'
  }

  /** Its name with that of its module. */
  get #entity(): string {
    return `${this.#context.module.name}.${this.#model.table}`
  }

  get #table(): RawBuilder<unknown> {
    return sql.id(this.#context.module.name, this.#model.table)
  }

  get #visible(): RawBuilder<unknown> {
    const { table } = this.#model
    return sql.join(visibleColumns(this.#model).map((name) => sql.id(table, name)))
  }

  async #whyNotUpdated({ id }: { id: string }): Promise<Problem> {
    const [row] = await this.list({ ids: [id] })
    if (!row) return nothingToUpdate(this.#model.title, id)
    return new Problem('conflict', `${this.#model.title} with id: ${id} has been changed by somebody else`)
  }

  /** Whether rows can be deleted softly. */
  get #hides(): boolean {
    return 'deleted_at' in this.#model.columns
  }

  /** What every change of a row changes as well. */
  get #touched(): Record<string, RawBuilder<unknown>> {
    const { table, columns } = this.#model
    return {
      ...('updated_at' in columns && { updated_at: sql`now()` }),
      ...('version' in columns && { version: sql`${sql.ref(`${table}.version`)} + 1` }),
    }
  }

  /** Makes this change the owner of rows, until it releases them. @throws Problem `conflict` where another one owns a row. */
  async lease(ids: string[]): Promise<void> {
    const leased = await this.#setLease(
      ids,
      this.#context.changeId,
      sql`leased_by is null or leased_by = ${this.#context.changeId}`,
    )
    const missing = ids.find((id) => !leased.has(id))
    if (!missing) return
    const [row] = await this.list({ ids: [missing] })
    if (!row) throw notFound(this.#model, missing)
    throw new Problem('conflict', `${this.#model.title} ${missing} is being changed by another request`, 'ROW_LEASED')
  }

  /** Gives back rows that this change owns; others are left as they are. */
  async release(ids: string[]): Promise<void> {
    await this.#setLease(ids, null, sql`leased_by = ${this.#context.changeId}`)
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

  /** The fields that are given. */
  readonly #stored = (values: Record<string, unknown>): Record<string, unknown> => {
    const stored: Record<string, unknown> = {}
    for (const name of Object.keys(values)) {
      if (!(name in this.#model.columns))
        throw new Problem('invalid_data', `${this.#model.title} has no field '${name}'`)
      if (values[name] !== undefined) stored[name] = values[name]
    }
    return stored
  }
}

/** Changes of the same fields together; two changes of one row never, so that the later counts. */
function groupsOf<C extends { id: string }>(changes: C[]): C[][] {
  const rounds: C[][] = []
  const seen = new Map<string, number>()
  for (const change of changes) {
    const nth = seen.get(change.id) ?? 0
    seen.set(change.id, nth + 1)
    rounds[nth] ??= []
    rounds[nth]!.push(change)
  }
  return rounds.flatMap(alike)
}

/** Rows that give the same fields together. */
function alike<R extends object>(rows: R[]): R[][] {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const key = Object.keys(row).sort().join()
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function assignments(set: Record<string, RawBuilder<unknown>>): RawBuilder<unknown>[] {
  return Object.entries(set).map(([name, value]) => sql`${sql.id(name)} = ${value}`)
}

function cascading({ relations }: Model): Relation[] {
  return Object.values(relations).filter(({ cascades }) => cascades)
}
