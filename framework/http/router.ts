/** What routes are written with: one object is schema, validation, types and OpenAPI document. */

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

/** Who asks: a user, or a secret API key. */
export interface Actor {
  type: 'user' | 'api-key'
  id: string
}

/** What a handler finds in `c.var`. */
export interface AppEnv {
  Variables: {
    requestId: string
    log: Logger
    /** Starts a change and gives its answer; `X-Workflow-Id` and the replay of a repeated request are seen to. */
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
    /** Under `/store`: the key that was brought, and the sales channels that it opens. */
    publishable: Publishable
  }
}

/** What a publishable key opens. */
export interface Publishable {
  keyId: string
  salesChannelIds: string[]
  /** Whether the shop has no other. */
  isOnlyChannel: boolean
  /** Where the shopper is, where that is asked for: `region_id`, or the store's own. */
  region: { id: string; currency_code: string; automatic_taxes: boolean } | null
}

export type Router = OpenAPIHono<AppEnv>

/** A router whose refusals have the API's texts. */
export function createRouter(): Router {
  return new OpenAPIHono<AppEnv>({ strict: false, defaultHook: refuseInvalid as never })
}

/** A route; its refusals are documented with it. */
export function route<const R extends RouteConfig>(config: R) {
  return createRoute({
    ...config,
    responses: { ...config.responses, 400: json(ProblemSchema, 'The request was refused') },
  } as R)
}

/** A JSON body or answer. As a request's body it is required: without this, no body at all would pass as `{}`. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description, required: true }
}

/** The key under which a schema says of which entity its object is a row; what fields that has is known once a project is put together. */
export const ENTITY = 'x-turri-entity'

/** A row of an entity, in the documentation. */
export function rowOf(entity: string) {
  return z.record(z.string(), z.unknown()).openapi({ [ENTITY]: schemaName(entity) })
}

export const ProblemSchema = z
  .object({ type: z.string(), message: z.string(), code: z.string().optional() })
  .openapi('Problem')

/** The header that makes a change happen once however often it is sent; kept for 7 days at least. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(16).max(255).optional().openapi({
    description:
      'Requests with the same key take effect once, as long as Temporal retains the workflow (at least 7 days)',
  }),
})
