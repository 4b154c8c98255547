/** `shape` of the core's entities. Free of Node: workflows, activities and routes ask by it. */
import type { EntitiesOf } from '../framework/entity-types.ts'
import { shapesOf } from '../framework/shape.ts'
import type { links } from '../links/index.ts'
import type { coreModules } from '../modules/index.ts'

/** The entities of the core, for projects to add their own to. */
export type CoreEntities = EntitiesOf<ReturnType<typeof coreModules>, typeof links>

export const shape = shapesOf<CoreEntities>()
