/** Dismisses the links of deleted rows: a step that deletes rows, softly or for good, dismisses their links in the same transaction. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { idsOf } from '../ids-of.ts'
import { entityNamed } from '../model/entity-names.ts'
import type { Module } from '../model/module.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { type Link, sideOf } from './define-link.ts'

/** A column of a link's table with ids of an entity. */
export interface LinkColumn {
  link: string
  column: string
}

/** Returns the link columns with ids of an entity, which is named `<module>.<table>`. */
export type LinkColumnsOf = (entity: string) => readonly LinkColumn[]

/** `<module>.<table>` → ids of deleted rows. */
export type DeletedRows = Map<string, string[]>

/** Called once per project. Entities outside our database are left out, because we do not delete them. */
export function createLinkColumns(modules: readonly Module[], links: readonly Link[]): LinkColumnsOf {
  const entities = modules.flatMap(({ name: schema, models }) =>
    Object.values(models).map(({ table }) => ({ schema, name: table })),
  )
  const outside = new Set(modules.flatMap((module) => Object.keys(module.outside)))
  const columns = new Map<string, LinkColumn[]>()
  for (const link of links) {
    if (link.kind !== 'table') continue
    for (const { entity, column } of [sideOf(link, 'left'), sideOf(link, 'right')]) {
      if (outside.has(entity)) continue
      const { schema, name } = entityNamed(entities, entity)
      const key = `${schema}.${name}`
      columns.set(key, [...(columns.get(key) ?? []), { link: link.name, column }])
    }
  }
  return (entity) => columns.get(entity) ?? []
}

/**
 * Dismisses the links of deleted rows. Tables are locked in the order of their names and rows in the order of their ids, so that two
 * steps that dismiss the same links do not deadlock. The rows of a link may have links themselves.
 */
export async function dismissLinks(db: AnyTransaction, columnsOf: LinkColumnsOf, deleted: DeletedRows): Promise<void> {
  const dismissed: DeletedRows = new Map()
  for (const [link, matches] of matchesByLink(columnsOf, deleted)) {
    const table = sql.id('link', link)
    const isLinked = columnsOf(`link.${link}`).length > 0
    const conditions = matches.map(({ column, ids }) => sql`${sql.id(column)} = any(${ids}::text[])`)
    const update = sql<{ id: string }>`
      with locked as (
        select id from ${table} where (${sql.join(conditions, sql` or `)}) and deleted_at is null order by id for update
      )
      update ${table} as dismissed set deleted_at = now(), updated_at = now() from locked where dismissed.id = locked.id`
    if (!isLinked) await pipelined(update).execute(db)
    else {
      const { rows } = await prepared(sql<{ id: string }>`${update} returning dismissed.id`).execute(db)
      if (rows.length > 0) dismissed.set(`link.${link}`, idsOf(rows))
    }
  }
  if (dismissed.size > 0) await dismissLinks(db, columnsOf, dismissed)
}

type Match = { column: string; ids: string[] }

/** The links that may contain any of these rows, with the columns to look in, in the order of the links' names. */
function matchesByLink(columnsOf: LinkColumnsOf, deleted: DeletedRows): [string, Match[]][] {
  const matches = new Map<string, Match[]>()
  for (const [entity, ids] of deleted) {
    if (ids.length === 0) continue
    for (const { link, column } of columnsOf(entity)) matches.set(link, [...(matches.get(link) ?? []), { column, ids }])
  }
  return [...matches].sort(([a], [b]) => (a < b ? -1 : 1))
}
