/** `defineProject`: combines the core, plugins and a shop's own code. */
import { fileURLToPath } from 'node:url'
import type { ActivitySet } from './activities/define.ts'
import type { Router } from './http/router.ts'
import type { Link } from './link/define-link.ts'
import { linkActivities, linkModule } from './link/module.ts'
import type { Module } from './model/module.ts'
import { frameworkSchedules } from './sweeper/schedules.ts'
import type { ScheduleDefinition } from './temporal/schedules.ts'

export interface Project {
  modules: Module[]
  activities: readonly ActivitySet[]
  /** Links between modules. Their tables belong to the module `link`. */
  links: readonly Link[]
  /** The file whose exported functions are the workflows. */
  workflows: string
  /** The file whose exported functions are the subscribers. */
  subscribers?: string
  /** The file whose exports are handlers of hooks. */
  hooks?: string
  routes: Router[]
  schedules: ScheduleDefinition[]
  /** Workflows that a worker runs on each start. They create what a new shop needs, and do nothing if it exists. */
  setUps: SetUpWorkflow[]
}

/** A set-up workflow. Its subject is `shop`, so that one runs at a time per shop. */
export interface SetUpWorkflow {
  (input: SetUpInput): Promise<unknown>
  subject: (input: SetUpInput) => string
}

export interface SetUpInput {
  /** The name of the shop in Temporal: its task queue. */
  shop: string
}

export type ProjectDefinition = Partial<Omit<Project, 'modules' | 'workflows' | 'subscribers' | 'hooks'>> & {
  modules?: readonly Module[]
  /** The project to extend. */
  extends?: Project
  workflows?: string | URL
  subscribers?: string | URL
  hooks?: string | URL
}

/**
 * Defines a project, usually on top of another. Lists are appended; a module, link or schedule of the same name replaces the other's. The
 * files of workflows, subscribers and hooks are replaced, so they have to re-export those of the base that the project keeps.
 *
 * @example export default defineProject({ extends: core(), modules: [note], activities: [noteActivities], routes: [notes] })
 */
export function defineProject({ extends: base, ...own }: ProjectDefinition): Project {
  const workflows = pathOf(own.workflows) ?? base?.workflows
  const subscribers = pathOf(own.subscribers) ?? base?.subscribers
  const hooks = pathOf(own.hooks) ?? base?.hooks
  if (!workflows) throw new Error("A project needs 'workflows': the file whose exports are its workflows")
  const links = mergeByName(base?.links, own.links, linkName)
  const modules = mergeByName(base?.modules, own.modules, ({ name }) => name)
  return {
    modules: mergeByName(modules, [linkModule(links)], ({ name }) => name),
    activities: [...new Set([linkActivities, ...(base?.activities ?? []), ...(own.activities ?? [])])],
    links,
    workflows,
    ...(subscribers && { subscribers }),
    ...(hooks && { hooks }),
    routes: [...(own.routes ?? []), ...(base?.routes ?? [])],
    schedules: mergeByName(base?.schedules ?? frameworkSchedules, own.schedules, ({ id }) => id),
    setUps: mergeByName(base?.setUps, own.setUps, ({ name }) => name),
  }
}

function linkName(link: Link): string {
  if (link.kind === 'table') return link.name
  if (link.kind === 'tally') return `tally of ${link.entity}`
  return link.kind === 'readonly' ? `${link.from}.${link.as}` : `${link.entity}.{${Object.keys(link.computed)}}`
}

function pathOf(file: string | URL | undefined): string | undefined {
  return file instanceof URL ? fileURLToPath(file) : file
}

function mergeByName<T>(base: readonly T[] = [], own: readonly T[] = [], nameOf: (item: T) => string): T[] {
  const names = new Set(own.map(nameOf))
  return [...base.filter((item) => !names.has(nameOf(item))), ...own]
}
