/** Entities are named by their table, or `<module>.<table>` if several modules have a table of that name. */

interface Named {
  /** The name of the module. */
  schema: string
  /** The name of the table. */
  name: string
}

/** @throws if there is no such entity, or several modules have one. */
export function entityNamed<E extends Named>(entities: readonly E[], name: string): E {
  const [module, table] = name.includes('.') ? name.split('.') : [undefined, name]
  const found = entities.filter((entity) => entity.name === table && (!module || entity.schema === module))
  if (found.length === 1) return found[0]!
  if (found.length === 0) throw new Error(`No module of this project has the entity '${name}'`)
  const names = found.map(({ schema }) => `${schema}.${table}`).join(' and ')
  throw new Error(`Several modules have an entity '${name}': say ${names}`)
}

/** The name of an entity's OpenAPI schema: `product_tag` → `ProductTag`. */
export function schemaName(entity: string): string {
  return entity.replace(/(^|_|\.)(\w)/g, (_, __, letter) => letter.toUpperCase())
}
