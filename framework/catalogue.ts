/** Every workflow that can be run: those of the project, and the framework's own. */
import { pathToFileURL } from 'node:url'
import type { Project } from './project.ts'
import type { ChangeWorkflow } from './workflow/change.ts'
import * as own from './workflow/framework-workflows.ts'

/** @returns the workflows by their names; a project's replaces the framework's. */
export async function loadCatalogue({
  workflows,
}: Pick<Project, 'workflows'>): Promise<Record<string, ChangeWorkflow>> {
  const ofProject = (await import(pathToFileURL(workflows).href)) as Record<string, ChangeWorkflow>
  return { ...own, ...ofProject }
}
