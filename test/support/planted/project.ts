/** The core with a project's link to each of its entities, including those of links. */
import { fileURLToPath } from 'node:url'
import { defineLink, type Link } from '../../../framework/link/define-link.ts'
import { defineProject, type Project } from '../../../framework/project.ts'
import { core } from '../../../index.ts'

/** Every entity of the core, as `<module>.<table>`. */
export const entities = core().modules.flatMap(({ name, models }) =>
  Object.values(models).map(({ table }) => `${name}.${table}`),
)

/** The link to an entity. */
export const plantedOn = (entity: string) => `planted_${entity.replace('.', '_')}`

function plant(entity: string): Link {
  const name = plantedOn(entity)
  return defineLink({
    name,
    prefix: 'planted',
    left: { entity: 'store.store', column: 'far_id', as: 'far', many: true, via: `far_of_${name}` },
    right: { entity, column: 'near_id', as: 'near', many: true },
  })
}

export const planted = (base: Project): Project =>
  defineProject({
    extends: base,
    links: entities.map(plant),
    workflows: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  })
