/** The building blocks of routes: one declaration is schema, validation, types and OpenAPI document. */

import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Audit } from '../audit.ts'
import type { Logger } from '../log.ts'
import { schemaName } from '../model/entity-names.ts'
import type { Query } from '../query.ts'
import type { Secrets } from '../secrets.ts'
import type { Executions } from '../temporal/executions.ts'
import type { Schedules } from '../temporal/schedule-control.ts'
import type { ChangeWorkflow } from '../workflow/change.ts'
import type { Exact } from './fits.ts'
import { refuseInvalid } from './validation.ts'

export { z }

/** The sender of a request: a user or a secret API key. */
export interface Actor {
  type: 'user' | 'api-key'
  id: string
}

/** The variables of a handler, in `c.var`. */
export interface AppEnv {
  Variables: {
    requestId: string
    log: Logger
    /** Runs a change and returns its answer. Sets `X-Workflow-Id`, and `Idempotent-Replayed` for a repeated request. */
    run: <W extends ChangeWorkflow, I extends Parameters<W>[0]>(
      workflow: W,
      input: I & Exact<I, Parameters<W>[0]>,
    ) => Promise<Awaited<ReturnType<W>>>
    query: Query
    executions: Executions
    audit: Audit
    schedules: Schedules
    secrets: Secrets
    /** Under `/admin`. */
    actor: Actor
    /** Under `/store`: the publishable API key of the request. */
    publishable: Publishable
  }
}

/** A publishable API key and its sales channels. */
export interface Publishable {
  keyId: string
  salesChannelIds: string[]
  /** Whether the shop has only one sales channel. */
  isOnlyChannel: boolean
  /** The region of the request: `region_id`; default: the store's region */
  region: { id: string; currency_code: string; automatic_taxes: boolean } | null
}

export type Router = OpenAPIHono<AppEnv>

/** Creates a router that refuses invalid requests with the API's texts. */
export function createRouter(): Router {
  return new OpenAPIHono<AppEnv>({ strict: false, defaultHook: refuseInvalid as never })
}

/** Declares a route and documents its refusals. */
export function route<const R extends RouteConfig>(config: R) {
  return createRoute({
    ...config,
    responses: { ...config.responses, 400: json(ProblemSchema, 'The request was refused') },
  } as R)
}

/** A JSON body or answer. A request's body is required; otherwise a request without a body would pass as `{}`. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description, required: true }
}

/** The schema key with the name of a row's entity. Its fields are filled in when the project is assembled. */
export const ENTITY = 'x-turri-entity'

/** The schema of a row of an entity, for the documentation. */
export function rowSchema(entity: string) {
  return z.record(z.string(), z.unknown()).openapi({ [ENTITY]: schemaName(entity) })
}

export const ProblemSchema = z
  .object({ type: z.string(), message: z.string(), code: z.string().optional() })
  .openapi('Problem')

/** The header that makes repeated requests have one effect. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(16).max(255).optional().openapi({
    description:
      'Requests with the same key take effect once, as long as Temporal retains the workflow (at least 7 days)',
  }),
})
