/** Describes entities as OpenAPI schemas. */
import { schemaName } from '../framework/model/entity-names.ts'
import { type Column, type ColumnType, shownColumns } from '../framework/model/model.ts'
import type { Entities, Entity, EntityRelation } from './entities.ts'

type Schema = Record<string, unknown>

/** One schema per entity, with all fields; relations refer to other schemas. */
export function describe(entities: Entities): Record<string, Schema> {
  const names = new Map(entities.all.map((entity) => [entity, nameOf(entities, entity)]))
  return Object.fromEntries(entities.all.map((entity) => [names.get(entity)!, schemaOf(entity, names)]))
}

/** `product_tag` → `ProductTag`; with the module's name if several modules have such a table. */
function nameOf({ all }: Entities, { name, schema }: Entity): string {
  const isAlone = all.filter((other) => other.name === name).length === 1
  return schemaName(isAlone ? name : `${schema}_${name}`)
}

function schemaOf(entity: Entity, names: Map<Entity, string>): Schema {
  const columns = shownColumns(entity.model).map((name) => [name, ofColumn(entity.model.columns[name]!)])
  const computed = [...entity.computed].map(([name, field]) => [
    name,
    field.kind === 'sql' ? nullable(TYPES[field.type]) : {},
  ])
  const relations = [...entity.relations.values()].map((relation) => [relation.name, ofRelation(relation, names)])
  const required = columns.some(([name]) => name === 'id') ? { required: ['id'] } : {}
  return { type: 'object', ...required, properties: Object.fromEntries([...columns, ...computed, ...relations]) }
}

const TYPES: Record<ColumnType, Schema> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  double: { type: 'number' },
  numeric: { type: 'number' },
  boolean: { type: 'boolean' },
  json: {},
  timestamptz: { type: 'string', format: 'date-time' },
}

function ofColumn({ type, isNullable, choices }: Column): Schema {
  if (choices) return isNullable ? { enum: [...choices, null] } : { type: 'string', enum: choices }
  return isNullable ? nullable(TYPES[type]) : TYPES[type]
}

function nullable(schema: Schema): Schema {
  return schema.type ? { ...schema, type: [schema.type, 'null'] } : schema
}

function ofRelation({ hops, isMany, outside }: EntityRelation, names: Map<Entity, string>): Schema {
  const one = outside ? { type: 'object' } : { $ref: `#/components/schemas/${names.get(hops.at(-1)!.entity)}` }
  return isMany ? { type: 'array', items: one } : { anyOf: [one, { type: 'null' }] }
}
