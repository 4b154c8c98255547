/** The core, a project for others to extend. */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { activities } from './activities/index.ts'
import { routes } from './api/routes.ts'
import { defineProject, type Project } from './framework/project.ts'
import { links } from './links/index.ts'
import { coreModules } from './modules/index.ts'
import { schedules } from './workflows/schedules.ts'
import { setUpShop } from './workflows/store/set-up-shop.ts'

export type { CoreEntities } from './query/shape.ts'

/**
 * The modules, workflows, links, routes and schedules of Turritopsis, to extend.
 *
 * @example export default defineProject({ extends: core(), modules: [note], … })
 */
export function core(): Project {
  return defineProject({
    modules: coreModules(),
    activities,
    workflows: sourceOf('workflows/index'),
    links,
    routes,
    schedules,
    setUps: [setUpShop],
  })
}

/** The file beside this one: TypeScript in the repository, JavaScript in the package. */
function sourceOf(name: string): string {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return existsSync(path) ? path : path.replace(/\.ts$/, '.js')
}
