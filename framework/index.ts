/** The framework's door: what modules, routes and projects are written with. Workflow files use `framework/workflow`. */
export { type ActivitySet, defineActivities, type StepsOf } from './activities/define.ts'
export { type ResourceOptions, resource } from './http/resource.ts'
export {
  createRouter,
  idempotencyHeader,
  json,
  type ListOptions,
  listQuery,
  type Query,
  type Router,
  route,
  z,
} from './http/router.ts'
export {
  boolean,
  type Change,
  decimal,
  id,
  integer,
  json as jsonColumn,
  lease,
  type Model,
  model,
  type New,
  type Row,
  text,
  timestamp,
  timestamps,
} from './model/model.ts'
export { defineModule, type Module } from './model/module.ts'
export type { Page } from './model/repository.ts'
export { Service } from './model/service.ts'
export { Problem, type ProblemBody, type ProblemType } from './problem.ts'
export { defineProject, type Project } from './project.ts'
export type { ScheduleDefinition } from './temporal/schedules.ts'
export type { ChangeWorkflow } from './workflow/change.ts'
