/** `defineLink`: joins two modules that do not know each other. */
import type { Computed } from '../model/computed.ts'
import type { Columns } from '../model/model.ts'
import type { Tally } from '../tally/define-tally.ts'

/** One end of a link. */
export interface LinkSide {
  /** The entity's name. */
  entity: string
  /** The link's column that holds its key; default: `<entity>_id` */
  column?: string
  /** Its name as a relation of the link; default: the entity's name */
  as?: string
  /** Whether one row of the other side can have many of it; default: false */
  many?: boolean
  /** The entity's relation to its rows of the link; default: `<link>_link` */
  via?: string
  /** Further relations of the entity, name → path: `{ brands: 'brands_link.brand' }`. */
  aliases?: Record<string, string>
  /** Whether it is deleted with the other side (`deletedWith`); default: false */
  deleteCascade?: boolean
}

/** A link with a table of its own. */
export interface TableLink {
  kind: 'table'
  /** The name of its table in the schema `link`, and of its entity. */
  name: string
  /** The prefix of its ids. */
  prefix: string
  left: LinkSide
  right: LinkSide
  /** Columns that describe the pair, such as a rank. Each is nullable or has a default. */
  columns: Columns
  /** The defaults of optional columns. */
  defaults?: Record<string, string | number | boolean>
  /** The column to order by. */
  order?: string
  /** Later changes of its table: SQL by name, run once each in the order of their names. */
  migrations: Record<string, string>
}

/** A relation by an id that one side stores. It has no table and is read-only. */
export interface StoredIdLink {
  kind: 'readonly'
  /** The entity that stores the id, the column, and the name of the relation. */
  from: string
  column: string
  as: string
  /** The target entity, in our database or outside, and its column; default: `id` */
  to: string
  key?: string
  /** Whether to show a list instead of one row. */
  many?: boolean
  /** The relation in the other direction. */
  back?: { as: string; many?: boolean }
}

/** Computed fields that need several modules. */
export interface Extension {
  kind: 'extension'
  entity: string
  computed: Record<string, Computed>
}

export type Link = TableLink | StoredIdLink | Extension | Tally

/** A link whose declaration is part of its type, so that the compiler checks shapes that use it (`shape.ts`). */
export type Declared<L extends Link, D> = L & { readonly _?: D }

type TableLinkInput = Omit<TableLink, 'kind' | 'columns' | 'migrations'> &
  Partial<Pick<TableLink, 'columns' | 'migrations'>>

/**
 * Declares a link: with a table of its own, or `readonly` by an id that one side stores.
 *
 * @example defineLink({ name: 'product_tag', prefix: 'prodtag', left: { entity: 'product', many: true }, right: { entity: 'tag', many: true } })
 * @example defineLink({ kind: 'readonly', from: 'cart', column: 'region_id', as: 'region', to: 'region', back: { as: 'carts', many: true } })
 */
export function defineLink<const D extends StoredIdLink>(link: D): Declared<StoredIdLink, D>
export function defineLink<const D extends TableLinkInput>(link: D): Declared<TableLink, D>
export function defineLink(link: TableLinkInput | StoredIdLink): Link {
  if ('kind' in link) return link
  if (!/^[a-z][a-z0-9_]*$/.test(link.name)) throw new Error(`'${link.name}' cannot name a link's table`)
  return { columns: {}, migrations: {}, ...link, kind: 'table' }
}

/**
 * Adds computed fields to an entity that need other modules.
 *
 * @example extendEntity('product_variant', { inventory_quantity: computedBySql('integer', …) })
 */
export function extendEntity<const E extends string, C extends Record<string, Computed>>(
  entity: E,
  computed: C,
): Declared<Extension, { kind: 'extension'; entity: E; computed: C }> {
  return { kind: 'extension', entity, computed }
}

/** A side with its defaults filled in. */
export function sideOf(link: TableLink, side: 'left' | 'right') {
  const { entity, ...options } = link[side]
  const table = entity.split('.').at(-1)!
  return { entity, column: `${table}_id`, as: table, via: `${link.name}_link`, aliases: {}, ...options }
}
