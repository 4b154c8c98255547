import { sql } from 'kysely'
import { Service } from '../model/service.ts'
import { newUlid } from '../new-ulid.ts'
import { sideOf, type TableLink } from './define-link.ts'

export interface LinkOptions {
  links: readonly TableLink[]
}

/** A row of a link: the ids of both sides and its own columns. */
export type LinkRow = Record<string, unknown>
/** A stored row of a link. */
export type StoredLink = { id: string } & LinkRow
/** The ids of both sides, by the columns of the link. */
export type LinkPair = Record<string, string>

/** A change of the rows of one link. */
export interface LinkChange {
  link: string
  add?: LinkRow[]
  remove?: LinkPair[]
  /** Dismisses all other pairs with these ids in this column. */
  only?: { column: string; ids: string[] }
}

export interface LinkChanges {
  changes: LinkChange[]
  /** Entity → ids that must exist. They are locked, so that they still exist when the change commits. */
  exist?: Record<string, string[]>
}

/** The rows of all links. Linking a pair twice, or dismissing a pair that is not linked, is no error. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are those of the project's links
export class LinkService extends Service<any, LinkOptions> {
  /**
   * Links pairs. For pairs that are linked already, updates the link's own columns.
   *
   * @returns the rows of all these pairs.
   * @throws Problem `invalid_data` if a side that allows one link has another.
   */
  createLinks = async (link: string, rows: LinkRow[]): Promise<StoredLink[]> => {
    await this.#link(link, rows)
    return this.#findPairs(link, rows)
  }

  async #link(link: string, rows: LinkRow[]): Promise<void> {
    const { repository, left, right, newId } = this.#tableOf(link)
    if (rows.length === 0) return
    const rowsByKey = new Map(rows.map((row) => [keyOf(row, left, right), row]))
    const sorted = [...rowsByKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ id: newId(), ...row }))
    const isPlain = rows.every((row) => Object.keys(row).every((name) => name === left || name === right))
    if (isPlain) return repository.createMissing(sorted, [left, right], { returning: false })
    const created = new Set(await repository.createMissing(sorted, [left, right]))
    if (created.size === rowsByKey.size) return
    const existing = (await this.#findPairs(link, rows)).filter(({ id }) => !created.has(id))
    await repository.update(existing.flatMap((row) => changeOf(row, rowsByKey.get(keyOf(row, left, right))!) ?? []))
  }

  /** Dismisses pairs. @returns the ids of the dismissed rows. */
  deleteLinks = async (link: string, pairs: LinkPair[]): Promise<string[]> => {
    this.#tableOf(link)
    if (pairs.length === 0) return []
    const ids = (await this.#findPairs(link, pairs)).map(({ id }) => id)
    return this.#tableOf(link).repository.softDelete(ids)
  }

  /** Changes several links: for each, first dismisses pairs, then links pairs. */
  changeLinks = async (changes: readonly LinkChange[]): Promise<void> => {
    for (const { link, add = [], remove = [], only } of changes) {
      if (add.length + remove.length === 0 && !only) continue
      await this.deleteLinks(link, [...remove, ...(only ? await this.#otherPairs(link, add, only) : [])])
      await this.#link(link, add)
    }
  }

  /** The linked pairs with these ids, except those to keep. */
  async #otherPairs(
    link: string,
    keep: LinkRow[],
    { column, ids }: NonNullable<LinkChange['only']>,
  ): Promise<LinkPair[]> {
    const { left, right } = this.#tableOf(link)
    const kept = new Set(keep.map((row) => keyOf(row, left, right)))
    const linked = await this.#findByIds(link, column, ids)
    return linked.filter((row) => !kept.has(keyOf(row, left, right))) as LinkPair[]
  }

  /**
   * The rows to delete with these rows because a link declares `deleteCascade`. Call it before the rows are deleted, because their links
   * are dismissed with them.
   *
   * @returns entity → ids, to be deleted by the entity's own module.
   */
  deletedWith = async (entity: string, ids: string[]): Promise<Record<string, string[]>> => {
    const others: Record<string, string[]> = {}
    for (const link of this.options.links) {
      for (const [mine, theirs] of [['left', 'right'] as const, ['right', 'left'] as const]) {
        const [side, other] = [sideOf(link, mine), sideOf(link, theirs)]
        if (side.entity !== entity || !other.deleteCascade) continue
        const rows = await this.#findByIds(link.name, side.column, ids)
        const found = rows.map((row) => row[other.column] as string)
        if (found.length > 0) others[other.entity] = [...new Set([...(others[other.entity] ?? []), ...found])]
      }
    }
    return others
  }

  async #findPairs(link: string, pairs: LinkRow[]): Promise<StoredLink[]> {
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
    return rows as StoredLink[]
  }

  async #findByIds(link: string, column: string, ids: string[]): Promise<StoredLink[]> {
    const rows = await this.db
      .selectFrom(link)
      .selectAll()
      .where(column, '=', sql<string>`any(${ids}::text[])`)
      .where('deleted_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows as StoredLink[]
  }

  #tableOf(name: string) {
    const link = this.options.links.find((candidate) => candidate.name === name)
    if (!link) throw new Error(`There is no link '${name}' with a table in this project`)
    const repository = this.rows[name]!
    const newId = () => `${link.prefix}_${newUlid()}`
    return { repository, left: sideOf(link, 'left').column, right: sideOf(link, 'right').column, newId }
  }
}

const keyOf = (row: Record<string, unknown>, left: string, right: string) => JSON.stringify([row[left], row[right]])

/** The columns that differ; undefined if none does. */
function changeOf(row: StoredLink, { id: _, ...input }: LinkRow): StoredLink | undefined {
  const changed = Object.entries(input).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(row[name]),
  )
  return changed.length > 0 ? { id: row.id, ...Object.fromEntries(changed) } : undefined
}
