/** `shape` for the entities of the core, in workflows, activities and routes. Free of Node. */
import type { EntitiesOf } from '../framework/entity-types.ts'
import { shapesOf } from '../framework/shape.ts'
import type { links } from '../links/index.ts'
import type { coreModules } from '../modules/index.ts'

/** The entities of the core. Projects add theirs with `&`. */
export type CoreEntities = EntitiesOf<ReturnType<typeof coreModules>, typeof links>

export const shape = shapesOf<CoreEntities>()
