/** How entities are named: by their table, or as `<module>.<table>` where several modules have such a table. */

interface Named {
  /** The module's name. */
  schema: string
  /** The table's. */
  name: string
}

/** @throws where there is none, or several modules have one of that name. */
export function entityNamed<E extends Named>(entities: readonly E[], name: string): E {
  const [module, table] = name.includes('.') ? name.split('.') : [undefined, name]
  const found = entities.filter((entity) => entity.name === table && (!module || entity.schema === module))
  if (found.length === 1) return found[0]!
  if (found.length === 0) throw new Error(`No module of this project has the entity '${name}'`)
  const names = found.map(({ schema }) => `${schema}.${table}`).join(' and ')
  throw new Error(`Several modules have an entity '${name}': say ${names}`)
}
