/** The entities of all modules, with the relations and computed fields of models and links. */
import { type Link, sideOf, type TableLink } from '../framework/link/define-link.ts'
import type { Computed } from '../framework/model/computed.ts'
import { entityNamed } from '../framework/model/entity-names.ts'
import type { Column, Model } from '../framework/model/model.ts'
import type { Module } from '../framework/model/module.ts'
import type { OutsideEntity } from '../framework/model/outside.ts'
import type { Relation } from '../framework/model/relations.ts'
import type { Tally } from '../framework/tally/define-tally.ts'

export interface Entity {
  name: string
  schema: string
  model: Model
  relations: Map<string, EntityRelation>
  computed: Map<string, Computed>
  tally?: Tally
}

/** An outside entity with its module's options applied. */
export interface Outside {
  name: string
  fields: readonly string[]
  fetch: (ids: string[], fields: string[], signal: AbortSignal) => Promise<Record<string, unknown>[]>
}

/** One join: to the rows of `entity` whose column `to` equals the column `from` of the previous row. */
export interface Hop {
  entity: Entity
  from: string
  to: string
  isMany: boolean
  order?: string | undefined
}

/** A relation to another entity: hops to a table of ours, or to a stored id of an outside entity. */
export interface EntityRelation {
  name: string
  hops: Hop[]
  isMany: boolean
  isSearchable: boolean
  /** For an outside target: the column with its id, in the last hop or, without hops, in the entity itself. */
  outside?: { target: Outside; column: string }
}

export interface Entities {
  /** @throws if there is no such entity, or several modules have one. */
  get(name: string): Entity
  all: readonly Entity[]
}

/** @throws if a relation or a link refers to an entity or a column that does not exist. */
export function createEntities(modules: readonly Module[], links: readonly Link[] = []): Entities {
  const all = modules.flatMap(({ name, models }) => Object.values(models).map((model) => entityOf(name, model)))
  const outside = new Map(modules.flatMap(outsideOf))
  const get = (name: string): Entity => entityNamed(all, name)
  for (const entity of all) {
    for (const [name, relation] of Object.entries(entity.model.relations))
      add(entity, relationOf(entity, name, relation, get))
  }
  for (const link of links) addLink(link, get, outside)
  for (const link of links) if (link.kind === 'table') addAliases(link, get)
  return { get, all }
}

function entityOf(schema: string, model: Model): Entity {
  return { name: model.table, schema, model, relations: new Map(), computed: new Map(Object.entries(model.computed)) }
}

function outsideOf({ outside, options }: Module): [string, Outside][] {
  return Object.entries(outside).map(([name, { fields, fetch }]: [string, OutsideEntity]) => [
    name,
    {
      name,
      fields,
      fetch: (ids, requested, signal) => fetch({ ids, fields: requested, options, signal }),
    },
  ])
}

function add(entity: Entity, relation: EntityRelation): void {
  if (entity.relations.has(relation.name) || relation.name in entity.model.columns)
    throw new Error(`The entity ${entity.name} has two fields '${relation.name}'`)
  entity.relations.set(relation.name, relation)
}

type Get = Entities['get']

function relationOf(entity: Entity, name: string, relation: Relation, get: Get): EntityRelation {
  const target = get(relation.target)
  const { kind, key, isSearchable, order } = relation
  const ours = `${entity.model.table}_id`
  if (kind === 'belongsTo') {
    const hop = hopOf(entity, relation.by ?? `${name}_id`, target, key, { isMany: false })
    return { name, hops: [hop], isMany: false, isSearchable }
  }
  if (kind === 'manyToMany') {
    const between = get(`${entity.schema}.${relation.through}`)
    const theirs = relation.theirs ?? `${target.model.table}_id`
    const hops = [
      hopOf(entity, 'id', between, relation.mine ?? ours, { isMany: true }),
      hopOf(between, theirs, target, key, { isMany: false, order }),
    ]
    return { name, hops, isMany: true, isSearchable }
  }
  const isMany = kind === 'hasMany'
  return { name, hops: [hopOf(entity, key, target, relation.by ?? ours, { isMany, order })], isMany, isSearchable }
}

function hopOf(
  from: Entity,
  fromColumn: string,
  entity: Entity,
  toColumn: string,
  { isMany, order }: Pick<Hop, 'isMany' | 'order'>,
): Hop {
  columnOf(from, fromColumn)
  columnOf(entity, toColumn)
  if (order) columnOf(entity, order)
  return { entity, from: fromColumn, to: toColumn, isMany, order }
}

function columnOf(entity: Entity, name: string): Column {
  const column = Object.hasOwn(entity.model.columns, name) ? entity.model.columns[name] : undefined
  if (!column) throw new Error(`A relation refers to ${entity.name}.${name}, which is no column`)
  return column
}

function addLink(link: Link, get: Get, outside: Map<string, Outside>): void {
  if (link.kind === 'extension') {
    const { name: entity, model, relations, computed } = get(link.entity)
    for (const [name, field] of Object.entries(link.computed)) {
      if (name in model.columns || relations.has(name) || computed.has(name))
        throw new Error(`The entity ${entity} has two fields '${name}'`)
      computed.set(name, field)
    }
  } else if (link.kind === 'tally') {
    for (const column of link.columns) columnOf(get(link.entity), column)
    get(link.entity).tally = link
  } else if (link.kind === 'readonly') {
    const from = get(link.from)
    const relation = storedRelation(from, link.column, link.as, link.to, link.key ?? 'id', get, outside)
    add(from, { ...relation, isMany: link.many ?? false })
    if (!link.back || outside.has(link.to)) return
    const { as, many = false } = link.back
    const hop = hopOf(get(link.to), link.key ?? 'id', from, link.column, { isMany: many })
    add(get(link.to), { name: as, hops: [hop], isMany: many, isSearchable: false })
  } else {
    const between = get(`link.${link.name}`)
    for (const [side, other] of [['left', 'right'] as const, ['right', 'left'] as const]) {
      const { entity, column, as, via } = sideOf(link, side)
      add(between, storedRelation(between, column, as, entity, 'id', get, outside))
      if (outside.has(entity)) continue
      const isMany = sideOf(link, other).many ?? false
      const hop = hopOf(get(entity), 'id', between, column, { isMany, order: link.order })
      add(get(entity), { name: via, hops: [hop], isMany, isSearchable: false })
    }
  }
}

/** A relation by a stored id, to a table of ours or to an outside entity. */
function storedRelation(
  entity: Entity,
  column: string,
  name: string,
  to: string,
  key: string,
  get: Get,
  outside: Map<string, Outside>,
): EntityRelation {
  const target = outside.get(to)
  columnOf(entity, column)
  if (target) return { name, hops: [], isMany: false, isSearchable: false, outside: { target, column } }
  const hop = hopOf(entity, column, get(to), key, { isMany: false })
  return { name, hops: [hop], isMany: false, isSearchable: false }
}

function addAliases(link: TableLink, get: Get): void {
  for (const side of ['left', 'right'] as const) {
    const { entity: name, aliases } = sideOf(link, side)
    for (const [alias, path] of Object.entries(aliases)) add(get(name), aliasRelation(get(name), alias, path))
  }
}

/** The relation along a path of relations. */
function aliasRelation(entity: Entity, name: string, path: string): EntityRelation {
  const hops: Hop[] = []
  let at = entity
  let outside: EntityRelation['outside']
  for (const step of path.split('.')) {
    const relation: EntityRelation | undefined = outside ? undefined : at.relations.get(step)
    if (!relation)
      throw new Error(`The alias ${entity.name}.${name} is the path '${path}', but '${step}' is no relation`)
    hops.push(...relation.hops)
    outside = relation.outside
    at = relation.hops.at(-1)?.entity ?? at
  }
  return { name, hops, isMany: hops.some(({ isMany }) => isMany), isSearchable: false, ...(outside && { outside }) }
}
