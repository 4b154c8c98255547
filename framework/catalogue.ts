/** The catalogue of workflows: those of the project and the framework's own. */
import { pathToFileURL } from 'node:url'
import type { Project } from './project.ts'
import type { ChangeWorkflow } from './workflow/change.ts'
import * as frameworkWorkflows from './workflow/framework-workflows.ts'

/** Returns the workflows by name. A project's workflow replaces one of the framework. */
export async function loadCatalogue({
  workflows,
}: Pick<Project, 'workflows'>): Promise<Record<string, ChangeWorkflow>> {
  const projectWorkflows = (await import(pathToFileURL(workflows).href)) as Record<string, ChangeWorkflow>
  return { ...frameworkWorkflows, ...projectWorkflows }
}
