/** The API as one app: middleware and routes. */
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Audit } from '../framework/audit.ts'
import type { CorsConfig } from '../framework/config.ts'
import type { Database } from '../framework/database.ts'
import { answerText } from '../framework/http/answers.ts'
import { answerError } from '../framework/http/problems.ts'
import { createRouter, type Router } from '../framework/http/router.ts'
import type { Logger } from '../framework/log.ts'
import type { Project } from '../framework/project.ts'
import type { Query } from '../framework/query.ts'
import type { Runner } from '../framework/run.ts'
import type { Secrets } from '../framework/secrets.ts'
import type { Executions } from '../framework/temporal/executions.ts'
import type { Schedules } from '../framework/temporal/schedule-control.ts'
import { admins, storefronts } from './actors.ts'
import { audit } from './admin/audit.ts'
import { schedules } from './admin/schedules.ts'
import { executions } from './admin/workflows-executions.ts'
import { type Logins, loginRoutes } from './auth/logins.ts'
import { sessionRoutes } from './auth/sessions.ts'
import { createTokens, type Tokens } from './auth/tokens.ts'
import { changes } from './changes.ts'
import { type CodecEndpointOptions, codecEndpoint } from './codec.ts'
import { allowOrigins } from './cors.ts'
import { docs } from './docs.ts'
import { emptyBodies } from './empty-bodies.ts'
import { featureFlags } from './feature-flags.ts'
import { health } from './health.ts'
import { mount } from './mount.ts'
import { withEntities } from './open-api.ts'
import { requests } from './requests.ts'
import { secured } from './security.ts'

export interface ApiOptions {
  project: Project
  /** Read-only. */
  db: Database
  runner: Runner
  query: Query
  executions: Executions
  audit: Audit
  schedules: Schedules
  logins: Logins
  secrets: Secrets
  cors: CorsConfig
  production: boolean
  /** Default: none, as nothing is encrypted. */
  codec?: CodecEndpointOptions
  log: Logger
  state: { draining: boolean }
}

const MAX_BODY_BYTES = 100 * 1024
const MAX_BATCH_BYTES = 2 * 1024 * 1024

/** Builds the app. It can be called without a port: `app.request('/health')`. */
export function createApi(options: ApiOptions): Router {
  const app = createRouter()
  app.onError(answerError)
  app.notFound((c) => c.text(`Cannot ${c.req.method} ${c.req.path}`, 404))
  app.use(requests(options))
  if (options.codec) app.route('/codec', codecEndpoint(options.codec)) // before the limit: its bodies are larger
  const tokens = createTokens(options.secrets)
  authenticate(app, options, tokens)
  const [plain, batch] = [limitOf(MAX_BODY_BYTES), limitOf(MAX_BATCH_BYTES)]
  app.use((c, next) => {
    if (c.req.method === 'GET') return next()
    return (c.req.path.endsWith('/batch') ? batch : plain)(c, next)
  })
  app.use(emptyBodies)
  app.use(changes(options))
  app.route('/', health(options))
  const auth = [loginRoutes(options.logins, tokens), sessionRoutes(tokens, options)]
  document(
    app,
    mount(app, [...options.project.routes, executions, schedules, audit, featureFlags, ...auth]),
    options.query,
  )
  return app
}

/** Runs before validation, so that an unauthenticated caller learns nothing about routes, bodies and queries. */
function authenticate(app: Router, options: ApiOptions, tokens: Tokens): void {
  for (const [area, origins] of Object.entries(options.cors)) app.use(`/${area}/*`, allowOrigins(origins))
  app.route('/', featureFlags)
  app.use('/admin/*', admins(options, tokens))
  app.use('/store/*', storefronts)
}

function limitOf(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413, { message: `The body is larger than ${maxSize / 1024} KiB` })
    },
  })
}

/** Serves the OpenAPI document. It is built on the first request, as that takes longer than the rest of the start. */
function document(app: Router, routes: Router, query: Query): void {
  let json: string | undefined
  app.get('/openapi.json', (c) => {
    json ??= JSON.stringify(withEntities(secured(openApiOf(routes)), query.describe()))
    return answerText(c, json)
  })
  app.route('/docs', docs)
  app.get('/', (c) => c.redirect('/docs'))
}

function openApiOf(routes: Router) {
  return routes.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Turritopsis',
      version: '0.1.0',
      description:
        'Every change is a Temporal workflow that either completes or is undone. The `X-Workflow-Id` header of the response ' +
        'names the workflow. A request with an `Idempotency-Key` takes effect once, however often it is sent.',
    },
  })
}
