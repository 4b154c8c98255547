/** Links go with their rows: what a step hides or deletes takes its rows of every link along, in the same transaction. */
import { sql } from 'kysely'
import { idsOf } from '../ids-of.ts'
import { entityNamed } from '../model/entity-names.ts'
import type { Module } from '../model/module.ts'
import type { AnyTransaction } from '../model/repository.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { type Link, sideOf } from './define-link.ts'

/** A column of a link's table that holds ids of an entity. */
export interface LinkColumn {
  link: string
  column: string
}

/** The link columns that hold ids of an entity, which is named `<module>.<table>`. */
export type LinkColumnsOf = (entity: string) => readonly LinkColumn[]

/** Ids of rows that are gone, by `<module>.<table>`. */
export type GoneRows = Map<string, string[]>

/** Made once for a project. Entities outside our database are not deleted by us, so their sides are left out. */
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
 * Dismisses the links of rows that are gone. Tables are taken in the order of their names and rows in that of their ids, so that
 * two steps that dismiss the same links do not wait in a circle. A link's own rows may be linked as well.
 */
export async function dismissLinks(db: AnyTransaction, columnsOf: LinkColumnsOf, gone: GoneRows): Promise<void> {
  const dismissed: GoneRows = new Map()
  for (const [link, held] of linksHolding(columnsOf, gone)) {
    const table = sql.id('link', link)
    const isLinked = columnsOf(`link.${link}`).length > 0
    const conditions = held.map(({ column, ids }) => sql`${sql.id(column)} = any(${ids}::text[])`)
    const hidden = sql<{ id: string }>`
      with held as (
        select id from ${table} where (${sql.join(conditions, sql` or `)}) and deleted_at is null order by id for update
      )
      update ${table} as dismissed set deleted_at = now(), updated_at = now() from held where dismissed.id = held.id`
    if (!isLinked) await pipelined(hidden).execute(db)
    else {
      const { rows } = await prepared(sql<{ id: string }>`${hidden} returning dismissed.id`).execute(db)
      if (rows.length > 0) dismissed.set(`link.${link}`, idsOf(rows))
    }
  }
  if (dismissed.size > 0) await dismissLinks(db, columnsOf, dismissed)
}

type Held = { column: string; ids: string[] }

/** Which links may hold any of these rows, and in which columns. */
function linksHolding(columnsOf: LinkColumnsOf, gone: GoneRows): [string, Held[]][] {
  const held = new Map<string, Held[]>()
  for (const [entity, ids] of gone) {
    if (ids.length === 0) continue
    for (const { link, column } of columnsOf(entity)) held.set(link, [...(held.get(link) ?? []), { column, ids }])
  }
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1))
}
