import { sql } from 'kysely'
import { Service } from '../model/service.ts'
import { newUlid } from '../new-ulid.ts'
import { sideOf, type TableLink } from './define-link.ts'

export interface LinkOptions {
  links: readonly TableLink[]
}

/** A row of a link: the ids of both sides, and its own columns. */
export type LinkRow = Record<string, unknown>
/** The same as it is kept. */
export type KeptLink = { id: string } & LinkRow
/** The ids of both sides, by the link's columns. */
export type LinkPair = Record<string, string>

/** What changes about one link. */
export interface LinkChange {
  link: string
  add?: LinkRow[]
  remove?: LinkPair[]
  /** Of these ids, in this column, all other pairs are dismissed. */
  only?: { column: string; ids: string[] }
}

export interface LinkChanges {
  changes: LinkChange[]
  /** Entity → ids that must be there, or nothing is linked; whoever deletes one meanwhile waits. */
  exist?: Record<string, string[]>
}

/** The rows of all links. Linking what is linked, and dismissing what is not, is no error. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are those of the project's links
export class LinkService extends Service<any, LinkOptions> {
  /**
   * Links pairs; of those that are linked already, only own columns that are given change.
   *
   * @returns the rows of all these pairs.
   * @throws Problem `invalid_data` where a side that can have one has another.
   */
  createLinks = async (link: string, rows: LinkRow[]): Promise<KeptLink[]> => {
    await this.#link(link, rows)
    return this.#linked(link, rows)
  }

  async #link(link: string, rows: LinkRow[]): Promise<void> {
    const { repository, left, right, newId } = this.#tableOf(link)
    if (rows.length === 0) return
    const given = new Map(rows.map((row) => [keyOf(row, left, right), row]))
    const sorted = [...given].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ id: newId(), ...row }))
    const isPlain = rows.every((row) => Object.keys(row).every((name) => name === left || name === right))
    if (isPlain) return repository.createMissing(sorted, [left, right], { returning: false })
    const created = new Set(await repository.createMissing(sorted, [left, right]))
    if (created.size === given.size) return
    const linked = (await this.#linked(link, rows)).filter(({ id }) => !created.has(id))
    await repository.update(linked.flatMap((row) => changeOf(row, given.get(keyOf(row, left, right))!) ?? []))
  }

  /** Dismisses pairs. @returns the ids of the rows that were there. */
  deleteLinks = async (link: string, pairs: LinkPair[]): Promise<string[]> => {
    this.#tableOf(link)
    if (pairs.length === 0) return []
    const ids = (await this.#linked(link, pairs)).map(({ id }) => id)
    return this.#tableOf(link).repository.softDelete(ids)
  }

  /** Several changes of links, in one step: of each first what is dismissed, then what is linked. */
  changeLinks = async (changes: readonly LinkChange[]): Promise<void> => {
    for (const { link, add = [], remove = [], only } of changes) {
      if (add.length + remove.length === 0 && !only) continue
      await this.deleteLinks(link, [...remove, ...(only ? await this.#others(link, add, only) : [])])
      await this.#link(link, add)
    }
  }

  /** The pairs of these ids that are not among those given. */
  async #others(link: string, given: LinkRow[], { column, ids }: NonNullable<LinkChange['only']>): Promise<LinkPair[]> {
    const { left, right } = this.#tableOf(link)
    const kept = new Set(given.map((row) => keyOf(row, left, right)))
    const held = await this.#holding(link, column, ids)
    return held.filter((row) => !kept.has(keyOf(row, left, right))) as LinkPair[]
  }

  /**
   * What is to be deleted with rows, as their links declare it (`deleteCascade`). To be asked before the rows are deleted, as their
   * links go with them.
   *
   * @returns entity → ids, to be deleted by its own module.
   */
  deletedWith = async (entity: string, ids: string[]): Promise<Record<string, string[]>> => {
    const others: Record<string, string[]> = {}
    for (const link of this.options.links) {
      for (const [mine, theirs] of [['left', 'right'] as const, ['right', 'left'] as const]) {
        const [side, other] = [sideOf(link, mine), sideOf(link, theirs)]
        if (side.entity !== entity || !other.deleteCascade) continue
        const rows = await this.#holding(link.name, side.column, ids)
        const found = rows.map((row) => row[other.column] as string)
        if (found.length > 0) others[other.entity] = [...new Set([...(others[other.entity] ?? []), ...found])]
      }
    }
    return others
  }

  async #linked(link: string, pairs: LinkRow[]): Promise<KeptLink[]> {
    const { left, right } = this.#tableOf(link)
    const [lefts, rights] = [left, right].map((column) => pairs.map((pair) => pair[column]))
    const rows = await this.db
      .selectFrom(link)
      .selectAll()
      .where(
        sql<boolean>`(${sql.ref(left)}, ${sql.ref(right)}) in (select * from unnest(${lefts}::text[], ${rights}::text[]))`,
      )
      .where('deleted_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows as KeptLink[]
  }

  async #holding(link: string, column: string, ids: string[]): Promise<KeptLink[]> {
    const rows = await this.db
      .selectFrom(link)
      .selectAll()
      .where(column, '=', sql<string>`any(${ids}::text[])`)
      .where('deleted_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows as KeptLink[]
  }

  #tableOf(name: string) {
    const link = this.options.links.find((one) => one.name === name)
    if (!link) throw new Error(`There is no link '${name}' with a table in this project`)
    const repository = this.rows[name]!
    const newId = () => `${link.prefix}_${newUlid()}`
    return { repository, left: sideOf(link, 'left').column, right: sideOf(link, 'right').column, newId }
  }
}

const keyOf = (row: Record<string, unknown>, left: string, right: string) => JSON.stringify([row[left], row[right]])

/** What is given and differs. */
function changeOf(row: KeptLink, { id: _, ...given }: LinkRow): KeptLink | undefined {
  const changed = Object.entries(given).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(row[name]),
  )
  return changed.length > 0 ? { id: row.id, ...Object.fromEntries(changed) } : undefined
}
