/** What a shop is put together from: the core, its plugins and its own. */
import { fileURLToPath } from 'node:url'
import type { ActivitySet } from './activities/define.ts'
import type { Router } from './http/router.ts'
import type { Module } from './model/module.ts'
import type { ScheduleDefinition } from './temporal/schedules.ts'

export interface Project {
  modules: Module[]
  activities: readonly ActivitySet[]
  /** The file whose exported functions are the workflows. */
  workflows: string
  routes: Router[]
  schedules: ScheduleDefinition[]
}

export type ProjectDefinition = Partial<Omit<Project, 'workflows'>> & {
  /** What it builds on. */
  extends?: Project
  workflows?: string | URL
}

/**
 * A project on top of another: lists are added to; a module or schedule of the same name replaces the other's; the workflows
 * file is the project's own, which exports those that it takes over.
 *
 * @example export default defineProject({ extends: core(), modules: [note], activities: [noteActivities], routes: [notes] })
 */
export function defineProject({ extends: base, ...own }: ProjectDefinition): Project {
  const workflows = own.workflows instanceof URL ? fileURLToPath(own.workflows) : (own.workflows ?? base?.workflows)
  if (!workflows) throw new Error("A project needs 'workflows': the file whose exports are its workflows")
  return {
    modules: replaced(base?.modules, own.modules, ({ name }) => name),
    activities: [...(base?.activities ?? []), ...(own.activities ?? [])],
    workflows,
    routes: [...(own.routes ?? []), ...(base?.routes ?? [])],
    schedules: replaced(base?.schedules, own.schedules, ({ id }) => id),
  }
}

function replaced<T>(base: T[] = [], own: T[] = [], nameOf: (item: T) => string): T[] {
  const names = new Set(own.map(nameOf))
  return [...base.filter((item) => !names.has(nameOf(item))), ...own]
}
