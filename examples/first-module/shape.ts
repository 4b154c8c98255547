import type { CoreEntities } from 'turritopsis'
import { type EntitiesOf, shapesOf } from 'turritopsis/framework/workflow'
import type { note } from './modules/note/index.ts'

/** Declares shapes of the core's entities and our own, checked by the compiler. */
export const shape = shapesOf<CoreEntities & EntitiesOf<[typeof note]>>()
