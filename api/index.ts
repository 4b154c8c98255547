/** The API as one app: what is around every request, and the routes. */
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
import { pagesOf } from './cors.ts'
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
  /** Absent where nothing is encrypted. */
  codec?: CodecEndpointOptions
  log: Logger
  state: { draining: boolean }
}

const MAX_BODY_BYTES = 100 * 1024
const MAX_BATCH_BYTES = 2 * 1024 * 1024

/** Builds the app; it can be asked without a port: `app.request('/health')`. */
export function createApi(options: ApiOptions): Router {
  const app = createRouter()
  app.onError(answerError)
  app.notFound((c) => c.text(`Cannot ${c.req.method} ${c.req.path}`, 404))
  app.use(requests(options))
  if (options.codec) app.route('/codec', codecEndpoint(options.codec)) // before the limit: its bodies are larger
  const tokens = createTokens(options.secrets)
  letIn(app, options, tokens)
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

/** Who may ask is looked at before what is asked: of routes, bodies and queries a stranger learns nothing. */
function letIn(app: Router, options: ApiOptions, tokens: Tokens): void {
  for (const [area, origins] of Object.entries(options.cors)) app.use(`/${area}/*`, pagesOf(origins))
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

/** The document is made when it is first asked for: it takes longer than all the rest of a start. */
function document(app: Router, routes: Router, query: Query): void {
  let whole: string | undefined
  app.get('/openapi.json', (c) => {
    whole ??= JSON.stringify(withEntities(secured(openApiOf(routes)), query.describe()))
    return answerText(c, whole)
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
        'Every change is a Temporal workflow: it ends complete, or with every one of its effects undone. `X-Workflow-Id` on ' +
        'every answer to a change names it. A change with an `Idempotency-Key` happens once, however often it is sent.',
    },
  })
}
