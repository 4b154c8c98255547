/** The API's document: rows of entities become schemas that are made from the models. */
import { ENTITY } from '../framework/http/router.ts'

interface Document {
  components?: { schemas?: object }
}

/** Puts references where routes say of which entity a row is, and adds what they refer to, directly or by others. */
export function withEntities(document: Document, entities: Record<string, object>): object {
  const used = new Set<string>()
  const note = (name: string) => {
    if (!entities[name]) throw new Error(`A route shows rows of '${name}', which is no entity of this project`)
    used.add(name)
  }
  const { components = {}, ...rest } = document
  const whole = replacedIn(rest, note)
  const { schemas: own = {}, ...parts } = components
  const [ownSchemas, ownParts] = [replacedIn(own, note), replacedIn(parts, note)]
  for (const name of used) for (const other of referredTo(entities[name]!)) used.add(other)
  const schemas = Object.fromEntries([...used].sort().map((name) => [name, entities[name]!]))
  return { ...whole, components: { ...ownParts, schemas: { ...ownSchemas, ...schemas } } }
}

function replaced(node: unknown, note: (entity: string) => void): unknown {
  if (Array.isArray(node)) return node.map((one) => replaced(one, note))
  if (typeof node !== 'object' || node === null) return node
  const entity = ENTITY in node && node[ENTITY]
  if (typeof entity !== 'string') return replacedIn(node, note)
  note(entity)
  return { $ref: `#/components/schemas/${entity}` }
}

function replacedIn(node: object, note: (entity: string) => void): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value, note)]))
}

function referredTo(schema: object): string[] {
  return [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!)
}
