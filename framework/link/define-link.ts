/** `defineLink`: what joins two modules that do not know each other. */
import type { Computed } from '../model/computed.ts'
import type { Columns } from '../model/model.ts'
import type { Tally } from '../tally/define-tally.ts'

/** One end of a link. */
export interface LinkSide {
  /** The entity's name. */
  entity: string
  /** The link's column that holds its key; `<entity>_id` where it is left out. */
  column?: string
  /** Its name as a relation of the link; the entity's where it is left out. */
  as?: string
  /** Whether there can be many of it for one of the other side. */
  many?: boolean
  /** The entity's relation to its rows of the link; `<link>_link` where it is left out. */
  via?: string
  /** Further relations of the entity: name → path, such as `{ brands: 'brands_link.brand' }`. */
  aliases?: Record<string, string>
  /** It goes with the other side: `deleteLinksOf` names it when that one is deleted. */
  deleteCascade?: boolean
}

/** A link with a table of its own. */
export interface TableLink {
  kind: 'table'
  /** Its table in the schema `link`; also an entity. */
  name: string
  /** What its ids begin with. */
  prefix: string
  left: LinkSide
  right: LinkSide
  /** What it says about the pair, such as a rank. Each may be null or has a default. */
  columns: Columns
  /** Of the columns that are optional. */
  defaults?: Record<string, string | number | boolean>
  /** The column that many are ordered by. */
  order?: string
  /** What changes about its table later: SQL by name, run once each after the table is made. */
  migrations: Record<string, string>
}

/** A relation by a stored id: it has no table, and is only read. */
export interface StoredIdLink {
  kind: 'readonly'
  /** The entity that stores the id, the column it is in, and the relation's name. */
  from: string
  column: string
  as: string
  /** The entity, in our database or outside, and its column where that is not `id`. */
  to: string
  key?: string
  /** Whether it is shown as a list, although there is one. */
  many?: boolean
  /** The relation the other way. */
  back?: { as: string; many?: boolean }
}

/** Fields that span modules: made of an entity's own fields and those it reaches through links. */
export interface Extension {
  kind: 'extension'
  entity: string
  computed: Record<string, Computed>
}

export type Link = TableLink | StoredIdLink | Extension | Tally

/** A link whose declaration is part of its type: what is asked through it is checked by the compiler (`shape.ts`). */
export type Declared<L extends Link, D> = L & { readonly _?: D }

type Given = Omit<TableLink, 'kind' | 'columns' | 'migrations'> & Partial<Pick<TableLink, 'columns' | 'migrations'>>

/**
 * Declares a link, with a table of its own or, as `readonly`, by an id that one side stores.
 *
 * @example defineLink({ name: 'product_tag', prefix: 'prodtag', left: { entity: 'product', many: true }, right: { entity: 'tag', many: true } })
 * @example defineLink({ kind: 'readonly', from: 'cart', column: 'region_id', as: 'region', to: 'region', back: { as: 'carts', many: true } })
 */
export function defineLink<const D extends StoredIdLink>(link: D): Declared<StoredIdLink, D>
export function defineLink<const D extends Given>(link: D): Declared<TableLink, D>
export function defineLink(link: Given | StoredIdLink): Link {
  if ('kind' in link) return link
  if (!/^[a-z][a-z0-9_]*$/.test(link.name)) throw new Error(`'${link.name}' cannot name a link's table`)
  return { columns: {}, migrations: {}, ...link, kind: 'table' }
}

/**
 * Gives an entity fields that need other modules.
 *
 * @example extendEntity('product_variant', { inventory_quantity: computedBySql('integer', …) })
 */
export function extendEntity<const E extends string, C extends Record<string, Computed>>(
  entity: E,
  computed: C,
): Declared<Extension, { kind: 'extension'; entity: E; computed: C }> {
  return { kind: 'extension', entity, computed }
}

/** A side with its defaults. */
export function sideOf(link: TableLink, side: 'left' | 'right') {
  const { entity, ...given } = link[side]
  const table = entity.split('.').at(-1)!
  return { entity, column: `${table}_id`, as: table, via: `${link.name}_link`, aliases: {}, ...given }
}
