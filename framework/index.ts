/** The framework's door: what modules, routes and projects are written with. Workflow files use `framework/workflow`. */
export { type Decision, decide } from './activities/decide.ts'
export { type ActivitySet, changesOf, defineActivities, type StepsOf } from './activities/define.ts'
export { lockExisting, lockMatching } from './activities/facts.ts'
export type { EntitiesOf } from './entity-types.ts'
export { additionalData, date, flag, handle, metadata, times } from './http/fields.ts'
export * as filter from './http/filters.ts'
export { type ListOptions, pageOf, paging } from './http/list-query.ts'
export { type Representation, showOne } from './http/representation.ts'
export { type ResourceOptions, resource } from './http/resource.ts'
export {
  createRouter,
  idempotencyHeader,
  json,
  type Router,
  route,
  rowOf,
  z,
} from './http/router.ts'
export { batches, changes, creates, deletes, linkBody, lists, retrieves, updates } from './http/routes.ts'
export { defineLink, extendEntity, type Link } from './link/define-link.ts'
export { computedBySql, computedFrom, numberWhere } from './model/computed.ts'
export type { LockMode, Locks } from './model/lock-rows.ts'
export {
  bigNumber,
  boolean,
  type Change,
  choice,
  type Draft,
  decimal,
  float,
  id,
  integer,
  json as jsonColumn,
  lease,
  type Model,
  model,
  type New,
  type Row,
  sameAs,
  text,
  timestamp,
  timestamps,
} from './model/model.ts'
export { defineModule, type Module } from './model/module.ts'
export type { OutsideEntity } from './model/outside.ts'
export { notFound } from './model/refusals.ts'
export { belongsTo, hasMany, hasOne, manyToMany } from './model/relations.ts'
export type { Page } from './model/repository.ts'
export { Service } from './model/service.ts'
export { Problem, type ProblemBody, type ProblemType } from './problem.ts'
export { defineProject, type Project } from './project.ts'
export type { FieldsConfig, Filters, Listing, Query, Retrieving } from './query.ts'
export { type Shape, type ShapeOf, shapesOf } from './shape.ts'
export type { ScheduleDefinition } from './temporal/schedules.ts'
export type { ChangeWorkflow } from './workflow/change.ts'
export type { Events } from './workflow/event.ts'
