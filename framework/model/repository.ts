/** The repository: the usual operations on one table, in the transaction of a step. */
import { type RawBuilder, sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { idsOf } from '../ids-of.ts'
import { type DeletedRows, dismissLinks, type LinkColumnsOf } from '../link/links-of-rows.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { nothingToUpdate, Problem } from '../problem.ts'
import { type LockMode, lockRows } from './lock-rows.ts'
import { type Change, type Model, type New, type PublicRow, SQL_TYPES, visibleColumns } from './model.ts'
import { notFound } from './refusals.ts'
import type { Relation } from './relations.ts'

export interface Page {
  /** The last id of the previous page; returns rows with greater ids. */
  after?: string
  ids?: string[]
  /** default: 200 */
  limit?: number
}

export interface RepositoryContext {
  db: AnyTransaction
  /** `name` is also the schema; cascading relations are resolved among `models`. */
  module: { name: string; models: Readonly<Record<string, Model>> }
  changeId: string
  /** The link columns of each entity of the project. */
  linkColumnsOf: LinkColumnsOf
}

/** The rows of one table that are not deleted, without secret columns. `postgresProblem` converts violated constraints to problems. */
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

  /** Rows in the order of their ids. */
  async list({ after, ids, limit = 200 }: Page = {}): Promise<PublicRow<M>[]> {
    if (ids?.length === 0) return []
    return (await this.#db
      .selectFrom(this.#model.table)
      .select(visibleColumns(this.#model))
      .$if(this.#isSoftDeletable, (query) => query.where('deleted_at', 'is', null))
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

  /** @throws Problem `invalid_data` if a unique value is taken. */
  create(rows: New<M>[]): Promise<PublicRow<M>[]>
  /** Like `create`, without returning the rows. */
  create(rows: New<M>[], options: { returning: false }): Promise<void>
  async create(rows: New<M>[], { returning = true } = {}): Promise<unknown> {
    const inserted = await this.#insert(rows, sql``, returning ? this.#visibleColumns : undefined)
    if (!returning) return undefined
    const created = new Map(inserted.map((row) => [row.id, row]))
    return rows.map((row: Record<string, unknown>) => created.get(row[this.#key] as string)!)
  }

  /**
   * Creates the rows that do not exist yet, compared by these columns. Waits for concurrent transactions that create the same.
   *
   * @returns the ids of the created rows.
   */
  createMissing(rows: New<M>[], keys: string[]): Promise<string[]>
  /** Like `createMissing`, without returning the ids. */
  createMissing(rows: New<M>[], keys: string[], options: { returning: false }): Promise<void>
  async createMissing(rows: New<M>[], keys: string[], { returning = true } = {}): Promise<unknown> {
    const id = sql`${sql.id(this.#model.table, this.#key)} as id`
    const created = await this.#insert(rows, this.#onConflictDoNothing(keys), returning ? id : undefined)
    return returning ? created.map(({ id }) => id) : undefined
  }

  #onConflictDoNothing(keys: string[]): RawBuilder<unknown> {
    const where = this.#isSoftDeletable ? sql`where deleted_at is null` : sql``
    return sql`on conflict (${sql.join(keys.map((key) => sql.id(key)))}) ${where} do nothing`
  }

  /** One statement per set of fields; its text does not depend on the number of rows. */
  async #insert(
    rows: New<M>[],
    onConflict: RawBuilder<unknown>,
    returned?: RawBuilder<unknown>,
  ): Promise<(PublicRow<M> & { id: string })[]> {
    const created: (PublicRow<M> & { id: string })[] = []
    for (const group of groupByFields(rows.map(this.#definedFields))) {
      const names = sql.join(Object.keys(group[0]!).map((name) => sql.id(name)))
      const insert = sql`insert into ${this.#table} (${names}) select ${names} from ${this.#inputTable(group)} ${onConflict}`
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
   * Updates the given columns. A column `version` is incremented; if a change contains a version, the row must still have it.
   *
   * @throws Problem `not_found` if a row does not exist, `conflict` if it has another version, `invalid_data` if a unique value is taken.
   */
  async update(changes: Change<M>[]): Promise<PublicRow<M>[]> {
    const updated = new Map<string, PublicRow<M>>()
    for (const group of batchesOf(changes.map(this.#definedFields) as Change<M>[])) {
      const rows = await this.#updateGroup(group)
      const changed = new Map(rows.map((row) => [(row as { id: string }).id, row as PublicRow<M>]))
      const missing = group.find(({ id }) => !changed.has(id))
      if (missing) throw await this.#updateProblem(missing)
      for (const [id, row] of changed) updated.set(id, row)
    }
    return changes.map(({ id }) => updated.get(id)!)
  }

  /**
   * Adds to counters, for example `{ id, stock: -2 }`.
   *
   * @throws Problem `not_found` if a row does not exist, `not_allowed` if a check of the table forbids the sum.
   */
  async increment(differences: ({ id: string } & Record<string, number | string>)[]): Promise<PublicRow<M>[]> {
    const updated = new Map<string, PublicRow<M>>()
    for (const group of batchesOf(differences)) {
      const rows = await this.#incrementGroup(group)
      for (const row of rows) updated.set((row as { id: string }).id, row as PublicRow<M>)
      const missing = group.find(({ id }) => !updated.has(id))
      if (missing) throw nothingToUpdate(this.#model.title, missing.id)
    }
    return differences.map(({ id }) => updated.get(id)!)
  }

  /** @param differences of the same counters, for different rows. */
  async #incrementGroup(differences: { id: string }[]): Promise<unknown[]> {
    const { table } = this.#model
    const names = Object.keys(differences[0]!).filter((name) => name !== 'id')
    const sums = names.map((name) => [name, sql`${sql.id(table, name)} + ${sql.id('input', name)}`] as const)
    const { rows } = await sql`
      update ${this.#table} set ${sql.join(assignments({ ...Object.fromEntries(sums), ...this.#bookkeeping }))}
      from ${this.#inputTable(differences)} where ${sql.id(table, 'id')} = input.id
      ${this.#isSoftDeletable ? sql`and ${sql.id(table, 'deleted_at')} is null` : sql``} returning ${this.#visibleColumns}`.execute(
      this.#db,
    )
    return rows
  }

  /**
   * Deletes rows for good and dismisses their links. Delete children first: the database does not cascade.
   */
  async delete(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const deleted = await this.#db.deleteFrom(this.#model.table).where('id', 'in', ids).returning('id').execute()
    const missing = ids.find((id) => !deleted.some((row) => row.id === id))
    if (missing) throw notFound(this.#model, missing)
    await this.#dismissLinks(new Map([[this.#entity, ids]]))
    return ids
  }

  /**
   * Like `delete`, for all rows with one of these values in each of these columns.
   *
   * @example rows.product_tags.deleteWhere({ product_id: ids })
   */
  async deleteWhere(columns: Record<string, readonly string[]>): Promise<void> {
    const entries = Object.entries(columns)
    if (entries.some(([, values]) => values.length === 0)) return
    const conditions = entries.map(([column, values]) => sql`${sql.id(column)} = any(${values}::text[])`)
    const isLinked = this.#context.linkColumnsOf(this.#entity).length > 0
    const deletion = sql`delete from ${this.#table} where ${sql.join(conditions, sql` and `)}`
    if (!isLinked) return pipelined(deletion).execute(this.#db)
    const { rows } = await prepared(sql<{ id: string }>`${deletion} returning id`).execute(this.#db)
    await this.#dismissLinks(new Map([[this.#entity, idsOf(rows)]]))
  }

  /**
   * Soft-deletes rows and those of cascading relations, and dismisses their links. Their unique values can be used again.
   *
   * @throws Problem `not_found` if a row does not exist.
   */
  async softDelete(ids: string[]): Promise<string[]> {
    const all: DeletedRows = new Map()
    const deleted = await this.#softDeleteBy('id', ids, all)
    const missing = ids.find((id) => !deleted.includes(id))
    if (missing) throw notFound(this.#model, missing)
    await this.#dismissLinks(all)
    return ids
  }

  #dismissLinks(deleted: DeletedRows): Promise<void> {
    return dismissLinks(this.#db, this.#context.linkColumnsOf, deleted)
  }

  /** @param all collects the deleted rows of this table and of cascading relations. */
  async #softDeleteBy(column: string, values: readonly string[], all: DeletedRows): Promise<string[]> {
    if (values.length === 0) return []
    const { rows } = await prepared(sql<{ id: string }>`
      update ${this.#table} set ${sql.join(assignments({ deleted_at: sql`now()`, ...this.#bookkeeping }))}
      where ${sql.id(column)} = any(${values}::text[]) and deleted_at is null returning id`).execute(this.#db)
    const ids = rows.map(({ id }) => id)
    all.set(this.#entity, [...(all.get(this.#entity) ?? []), ...ids])
    for (const { target, by = `${this.#model.table}_id`, key } of cascadingRelations(this.#model)) {
      if (key !== 'id') throw new Error(`${this.#model.table} cannot cascade by '${key}'`)
      const model = Object.values(this.#context.module.models).find(({ table }) => table === target)
      if (!model) throw new Error(`${this.#model.table} cascades to ${target}, which is no table of its module`)
      await new Repository(this.#context, model).#softDeleteBy(by, ids, all)
    }
    return ids
  }

  /** @param changes of the same fields, for different rows. */
  async #updateGroup(changes: Change<M>[]): Promise<unknown[]> {
    const { table } = this.#model
    const names = Object.keys(changes[0]!).filter((name) => name !== 'id' && name !== 'version')
    const set = { ...Object.fromEntries(names.map((name) => [name, this.#newValue(name)])), ...this.#bookkeeping }
    if (Object.keys(set).length === 0) return this.list({ ids: changes.map(({ id }) => id), limit: changes.length })
    const conditions = [
      sql`${sql.id(table, 'id')} = input.id`,
      ...(this.#isSoftDeletable ? [sql`${sql.id(table, 'deleted_at')} is null`] : []),
      ...('version' in changes[0]! ? [sql`${sql.id(table, 'version')} = input.version`] : []),
    ]
    const { rows: updated } = await prepared(sql`
      update ${this.#table} set ${sql.join(assignments(set))} from ${this.#inputTable(changes)}
      where ${sql.join(conditions, sql` and `)} returning ${this.#visibleColumns}`).execute(this.#db)
    return updated
  }

  /** The new value of a column. The keys of `metadata` are merged, and a key with the value '' is removed (`docs/http-api.md`, Metadata). */
  #newValue(name: string): RawBuilder<unknown> {
    const input = sql.ref(`input.${name}`)
    if (name !== 'metadata' || this.#model.columns[name]!.type !== 'json') return input
    const current = sql.ref(`${this.#model.table}.${name}`)
    return sql`case when ${input} is null or ${input} = '{}' then ${input} else
      (coalesce(${current}, '{}') || ${input}) - array(select key from jsonb_each(${input}) where value = '""') end`
  }

  /** Rows of the same fields as a table `input`, with one parameter for any number of rows. */
  #inputTable(rows: readonly Record<string, unknown>[]): RawBuilder<unknown> {
    const typed = Object.keys(rows[0]!).map(
      (name) => sql`${sql.id(name)} ${sql.raw(SQL_TYPES[this.#model.columns[name]!.type])}`,
    )
    return sql`json_to_recordset(${JSON.stringify(rows)}::json) as input(${sql.join(typed)})`
  }

  /** The column that a new row brings its id in. */
  get #key(): string {
    return this.#model.columns.id!.sameAs ?? 'id'
  }

  /** `<module>.<table>` */
  get #entity(): string {
    return `${this.#context.module.name}.${this.#model.table}`
  }

  get #table(): RawBuilder<unknown> {
    return sql.id(this.#context.module.name, this.#model.table)
  }

  get #visibleColumns(): RawBuilder<unknown> {
    const { table } = this.#model
    return sql.join(visibleColumns(this.#model).map((name) => sql.id(table, name)))
  }

  async #updateProblem({ id }: { id: string }): Promise<Problem> {
    const [row] = await this.list({ ids: [id] })
    if (!row) return nothingToUpdate(this.#model.title, id)
    return new Problem('conflict', `${this.#model.title} with id: ${id} has been changed by somebody else`)
  }

  get #isSoftDeletable(): boolean {
    return 'deleted_at' in this.#model.columns
  }

  /** The columns that every change of a row updates. */
  get #bookkeeping(): Record<string, RawBuilder<unknown>> {
    const { table, columns } = this.#model
    return {
      ...('updated_at' in columns && { updated_at: sql`now()` }),
      ...('version' in columns && { version: sql`${sql.ref(`${table}.version`)} + 1` }),
    }
  }

  /** Makes this change the owner of rows until it releases them. @throws Problem `conflict` if another change owns one. */
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

  /** Releases rows that this change owns; ignores others. */
  async release(ids: string[]): Promise<void> {
    await this.#setLease(ids, null, sql`leased_by = ${this.#context.changeId}`)
  }

  async #setLease(ids: string[], holder: string | null, free: RawBuilder<unknown>): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const leased = await this.#db
      .updateTable(this.#model.table)
      .set({ leased_by: holder })
      .where('id', 'in', ids)
      .$if(this.#isSoftDeletable, (query) => query.where('deleted_at', 'is', null))
      .where(sql<boolean>`(${free})`)
      .returning('id')
      .execute()
    return new Set(leased.map(({ id }) => id as string))
  }

  /** The fields that are not undefined. @throws Problem `invalid_data` if the model lacks a field. */
  readonly #definedFields = (values: Record<string, unknown>): Record<string, unknown> => {
    const defined: Record<string, unknown> = {}
    for (const name of Object.keys(values)) {
      if (!(name in this.#model.columns))
        throw new Problem('invalid_data', `${this.#model.title} has no field '${name}'`)
      if (values[name] !== undefined) defined[name] = values[name]
    }
    return defined
  }
}

/** Groups changes by fields, with at most one change per row in each group, so that the last one wins. */
function batchesOf<C extends { id: string }>(changes: C[]): C[][] {
  const rounds: C[][] = []
  const seen = new Map<string, number>()
  for (const change of changes) {
    const nth = seen.get(change.id) ?? 0
    seen.set(change.id, nth + 1)
    rounds[nth] ??= []
    rounds[nth]!.push(change)
  }
  return rounds.flatMap(groupByFields)
}

function groupByFields<R extends object>(rows: R[]): R[][] {
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

function cascadingRelations({ relations }: Model): Relation[] {
  return Object.values(relations).filter(({ cascades }) => cascades)
}
