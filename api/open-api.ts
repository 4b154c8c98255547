/** The schemas of entities in the OpenAPI document, built from the models. */
import { ENTITY } from '../framework/http/router.ts'

interface Document {
  components?: { schemas?: object }
}

/** Replaces the rows of entities in the document by references, and adds all schemas that are referenced. */
export function withEntities(document: Document, entities: Record<string, object>): object {
  const used = new Set<string>()
  const note = (name: string) => {
    if (!entities[name]) throw new Error(`A route shows rows of '${name}', which is no entity of this project`)
    used.add(name)
  }
  const { components = {}, ...rest } = document
  const body = replacedIn(rest, note)
  const { schemas: own = {}, ...parts } = components
  const [ownSchemas, ownParts] = [replacedIn(own, note), replacedIn(parts, note)]
  for (const name of used) for (const other of referredTo(entities[name]!)) used.add(other)
  const schemas = Object.fromEntries([...used].sort().map((name) => [name, entities[name]!]))
  return { ...body, components: { ...ownParts, schemas: { ...ownSchemas, ...schemas } } }
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
