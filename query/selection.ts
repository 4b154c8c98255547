/** Converts paths to a tree of columns, computed fields and relations. */
import type { PureField, SqlField } from '../framework/model/computed.ts'
import { isShown, ownFields } from '../framework/model/model.ts'
import type { Entity, EntityRelation } from './entities.ts'
import type { ChosenFields } from './fields.ts'

/** The selected fields of one entity. */
export interface Selection {
  entity: Entity
  /** Columns and SQL fields. */
  fields: Set<string>
  /** Pure fields, in the order of their computation. */
  pure: Map<string, PureField>
  relations: Map<string, Selected>
  /** Loaded for a computed field and removed from the answer. */
  hidden: Set<string>
}

/** A selected relation, with the selection of its target or the fields of an outside entity. */
export type Selected =
  | { relation: EntityRelation; inside: Selection; isDeep?: boolean; isStub?: boolean; outside?: never }
  | { relation: EntityRelation; outside: Set<string>; inside?: never; isDeep?: never; isStub?: never }

/**
 * Selects fields. Unknown and secret fields of callers are ignored.
 *
 * @param deep relations of the entity to itself that are followed to their end.
 * @throws if our own code names a field that does not exist.
 */
export function select(
  entity: Entity,
  { include, exclude, own }: ChosenFields,
  deep: readonly string[] = [],
): Selection {
  for (const path of own) requireField(entity, path)
  const root = emptyOf(entity)
  const left = exclude.map((path) => path.split('.'))
  for (const path of include) choose(root, path.split('.'), left, false)
  for (const name of deep) deepen(root, name)
  return root
}

function requireField(from: Entity, path: string): void {
  let entity = from
  const names = path.split('.')
  for (const [at, name] of names.entries()) {
    const relation = entity.relations.get(name)
    const next = names[at + 1]
    if (relation?.outside) {
      const { target } = relation.outside
      if (next && next !== '*' && !target.fields.includes(next)) throw noSuchField(path, target.name, next)
    }
    if (!relation && name !== '*' && !hasField(entity, name)) throw noSuchField(path, entity.name, name)
    if (!relation || relation.outside) return
    entity = relation.hops.at(-1)!.entity
  }
}

function noSuchField(path: string, entity: string, name: string): Error {
  return new Error(`There is no field '${path}': the entity ${entity} has no '${name}' to show`)
}

/** Whether answers can show the field: a column or a computed field. */
function hasField({ model, computed }: Entity, name: string): boolean {
  const column = Object.hasOwn(model.columns, name) ? model.columns[name] : undefined
  return computed.has(name) || (column !== undefined && isShown(column))
}

/** All levels of a deep relation show the fields selected for the first one; default: those of the entity itself. */
function deepen({ entity, fields, relations }: Selection, name: string): void {
  const relation = entity.relations.get(name)
  if (relation?.hops.length !== 1 || relation.hops[0]!.entity !== entity)
    throw new Error(`${entity.name}.${name} does not lead from the entity to itself`)
  const inside = relations.get(name)?.inside ?? { ...emptyOf(entity), fields: new Set(fields) }
  inside.relations.delete(name)
  relations.set(name, { relation, inside, isDeep: true })
}

function emptyOf(entity: Entity): Selection {
  return { entity, fields: new Set(), pure: new Map(), relations: new Map(), hidden: new Set() }
}

function choose(selection: Selection, path: string[], exclude: string[][], hidden: boolean): void {
  const [name, ...rest] = path as [string, ...string[]]
  const { entity } = selection
  if (exclude.some((other) => other.length === 1 && other[0] === name)) return
  if (name === '*') {
    for (const column of ownFields(entity.model)) choose(selection, [column], exclude, hidden)
    return
  }
  const relation = entity.relations.get(name)
  const isNew = !selection.fields.has(name) && !selection.pure.has(name) && !selection.relations.has(name)
  if (relation) {
    const under = exclude.flatMap(([first, ...more]) => (first === name && more.length > 0 ? [more] : []))
    chooseRelated(selection, relation, rest.length > 0 ? rest : ['*'], under, hidden)
  } else if (!chooseField(selection, name)) return
  if (!hidden) selection.hidden.delete(name)
  else if (isNew) selection.hidden.add(name)
}

/** Selects the whole field also for a path into a JSON value. @returns whether the field exists. */
function chooseField(selection: Selection, name: string): boolean {
  const { entity, pure, fields } = selection
  const computed = entity.computed.get(name)
  if (computed?.kind === 'pure') {
    if (pure.has(name)) return true
    pure.set(name, computed)
    for (const need of computed.needs) {
      requireField(entity, need)
      choose(selection, need.split('.'), [], true)
    }
    pure.delete(name) // moves it to the end: it is computed after the fields that it needs
    pure.set(name, computed)
    return true
  }
  if (!hasField(entity, name)) return false
  fields.add(name)
  return true
}

function chooseRelated(
  selection: Selection,
  relation: EntityRelation,
  path: string[],
  exclude: string[][],
  hidden: boolean,
): void {
  const selected = selection.relations.get(relation.name) ?? emptySelected(relation)
  selection.relations.set(relation.name, selected)
  if (selected.inside) {
    delete selected.isStub
    choose(selected.inside, path, exclude, hidden)
    if (path[0] === '*' && !hidden) chooseStubs(selected.inside, selection.entity, exclude)
    return
  }
  const { fields } = relation.outside!.target
  const [name] = path as [string]
  for (const field of name === '*' ? fields : fields.filter((known) => known === name)) {
    if (!exclude.some(([first]) => first === field)) selected.outside.add(field)
  }
}

/** Adds the stubs that `*` shows, except of the relation back to `by`. */
function chooseStubs({ entity, relations }: Selection, by: Entity, exclude: string[][]): void {
  for (const [name, { isStub }] of Object.entries(entity.model.relations)) {
    if (!isStub || relations.has(name) || exclude.some(([first]) => first === name)) continue
    const relation = entity.relations.get(name)!
    if (relation.hops[0]!.entity === by) continue
    const inside = { ...emptyOf(relation.hops[0]!.entity), fields: new Set(['id']) }
    relations.set(name, { relation, inside, isStub: true })
  }
}

function emptySelected(relation: EntityRelation): Selected {
  return relation.outside
    ? { relation, outside: new Set() }
    : { relation, inside: emptyOf(relation.hops.at(-1)!.entity) }
}

export function sqlFieldOf(entity: Entity, name: string): SqlField | undefined {
  const field = entity.computed.get(name)
  return field?.kind === 'sql' ? field : undefined
}
