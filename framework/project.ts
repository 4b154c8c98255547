/** What a shop is put together from: the core, its plugins and its own. */
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
  /** What joins modules; their tables are those of the module `link`. */
  links: readonly Link[]
  /** The file whose exported functions are the workflows. */
  workflows: string
  /** The file whose exported functions are the subscribers, where there are any. */
  subscribers?: string
  /** The file whose exports are handlers of hooks, where there are any. */
  hooks?: string
  routes: Router[]
  schedules: ScheduleDefinition[]
  /** What a worker starts when it starts: workflows that make what a fresh shop lacks, and of later starts make nothing. */
  setUps: SetUpWorkflow[]
}

/** One at a time of each shop: its subject is `shop`. */
export interface SetUpWorkflow {
  (input: SetUpInput): Promise<unknown>
  subject: (input: SetUpInput) => string
}

export interface SetUpInput {
  /** What the shop is called in Temporal: its task queue. */
  shop: string
}

export type ProjectDefinition = Partial<Omit<Project, 'modules' | 'workflows' | 'subscribers' | 'hooks'>> & {
  modules?: readonly Module[]
  /** What it builds on. */
  extends?: Project
  workflows?: string | URL
  subscribers?: string | URL
  hooks?: string | URL
}

/**
 * A project on top of another: lists are added to; a module or schedule of the same name replaces the other's; the files of
 * workflows, subscribers and hooks are the project's own, which export those that it takes over.
 *
 * @example export default defineProject({ extends: core(), modules: [note], activities: [noteActivities], routes: [notes] })
 */
export function defineProject({ extends: base, ...own }: ProjectDefinition): Project {
  const workflows = pathOf(own.workflows) ?? base?.workflows
  const subscribers = pathOf(own.subscribers) ?? base?.subscribers
  const hooks = pathOf(own.hooks) ?? base?.hooks
  if (!workflows) throw new Error("A project needs 'workflows': the file whose exports are its workflows")
  const links = replaced(base?.links, own.links, linkName)
  const modules = replaced(base?.modules, own.modules, ({ name }) => name)
  return {
    modules: replaced(modules, [linkModule(links)], ({ name }) => name),
    activities: [...new Set([linkActivities, ...(base?.activities ?? []), ...(own.activities ?? [])])],
    links,
    workflows,
    ...(subscribers && { subscribers }),
    ...(hooks && { hooks }),
    routes: [...(own.routes ?? []), ...(base?.routes ?? [])],
    schedules: replaced(base?.schedules ?? frameworkSchedules, own.schedules, ({ id }) => id),
    setUps: replaced(base?.setUps, own.setUps, ({ name }) => name),
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

function replaced<T>(base: readonly T[] = [], own: readonly T[] = [], nameOf: (item: T) => string): T[] {
  const names = new Set(own.map(nameOf))
  return [...base.filter((item) => !names.has(nameOf(item))), ...own]
}
