/** The API's document: rows of entities become schemas that are made from the models. */
import { ENTITY } from '../framework/http/router.ts'

type Node = Record<string, unknown>
interface Document extends Node {
  components?: { schemas?: Record<string, object> }
}

/** Puts references where routes say of which entity a row is, and adds what they refer to, directly or by others. */
export function withEntities(document: Document, entities: Record<string, object>): Document {
  const used = new Set<string>()
  const whole = replaced(document, (name) => {
    if (!entities[name]) throw new Error(`A route shows rows of '${name}', which is no entity of this project`)
    used.add(name)
  }) as Document
  for (const name of used) for (const other of referredTo(entities[name]!)) used.add(other)
  const schemas = Object.fromEntries([...used].sort().map((name) => [name, entities[name]!]))
  return { ...whole, components: { ...whole.components, schemas: { ...whole.components?.schemas, ...schemas } } }
}

function replaced(node: unknown, note: (entity: string) => void): unknown {
  if (Array.isArray(node)) return node.map((one) => replaced(one, note))
  if (typeof node !== 'object' || node === null) return node
  const entity = (node as Node)[ENTITY]
  if (typeof entity === 'string') {
    note(entity)
    return { $ref: `#/components/schemas/${entity}` }
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value, note)]))
}

function referredTo(schema: object): string[] {
  return [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!)
}
