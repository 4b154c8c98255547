/** The HTTP process: config → read-only database → query → Temporal client → api → listen. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Client } from '@temporalio/client'
import type { NativeConnection } from '@temporalio/worker'
import type { Logins } from './api/auth/logins.ts'
import type { CodecEndpointOptions } from './api/codec.ts'
import { type ApiOptions, createApi } from './api/index.ts'
import { createAudit } from './framework/audit.ts'
import { loadCatalogue } from './framework/catalogue.ts'
import { type Config, isLoopback } from './framework/config.ts'
import { openDatabase, refusePooler } from './framework/database.ts'
import type { Router } from './framework/http/router.ts'
import { refuseUnreadable } from './framework/http/unreadable.ts'
import type { Logger } from './framework/log.ts'
import type { Project } from './framework/project.ts'
import { createRunner } from './framework/run.ts'
import { choosePort } from './framework/stack/process.ts'
import { createClient } from './framework/temporal/client.ts'
import { encryptionCodec } from './framework/temporal/codec.ts'
import { createExecutions } from './framework/temporal/executions.ts'
import { createSchedules } from './framework/temporal/schedule-control.ts'
import { findSecretKey } from './modules/api-key/keys.ts'
import { findIdentity } from './modules/auth/identities.ts'
import type { AuthOptions } from './modules/auth/index.ts'
import { createQuery } from './query/index.ts'

export interface ServerProcess {
  url: string
  /** Reports "not ready", finishes open requests, then closes. */
  stop: () => Promise<void>
}

export interface ServerProcessOptions {
  project: Project
  config: Config
  databaseUrl: string
  connection: NativeConnection
  log: Logger
  /** Whether a worker polls on the same connection. */
  eager: boolean
}

/** Starts the HTTP API of a project. */
export async function startServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { project, config, connection, log, eager } = options
  const db = openDatabase({ url: options.databaseUrl, max: config.readConnections, readOnly: true, log })
  await refusePooler(db)
  const client = createClient(connection, config)
  const runner = createRunner({
    client,
    catalogue: new Set(Object.keys(await loadCatalogue(project))),
    taskQueue: config.temporal.worker.taskQueue,
    eager,
    digest: config.digest,
    maxChanges: config.maxChanges,
  })
  const state = { draining: false }
  const api = assembleApi({ project, config, client, db, runner, log, state })
  const port = await choosePort(config.port, 9000, 'the HTTP API')
  const server = serve({ fetch: api.fetch, port, hostname: config.host }) as Server
  refuseUnreadable(server)
  await once(server, 'listening')
  const url = `http://${hostNameOf(config.host)}:${port}`
  log.info({ url }, 'the API listens')
  return {
    url,
    stop: async () => {
      state.draining = true
      server.close()
      server.closeIdleConnections()
      await once(server, 'close')
      await db.destroy()
    },
  }
}

/** The host name by which this machine reaches the server. */
function hostNameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

export interface ApiParts extends Pick<ApiOptions, 'project' | 'db' | 'runner' | 'log' | 'state'> {
  config: Config
  client: Client
  /** The name in the notes of paused schedules; default: `the API` */
  by?: string
}

/** Creates the API of a project on read-only connections, without a port. */
export function assembleApi({ config, client, by = 'the API', ...parts }: ApiParts): Router {
  const { project, db } = parts
  const { taskQueue } = config.temporal.worker
  const codec = codecOf(config)
  return createApi({
    ...parts,
    query: createQuery(db, project.modules, project.links),
    executions: createExecutions(client, db, taskQueue),
    schedules: createSchedules(client, taskQueue, by),
    audit: createAudit(db),
    logins: loginsOf(parts, config),
    secrets: config.secrets,
    cors: config.cors,
    production: config.production,
    ...(codec && { codec }),
  })
}

/** The lookups that logins need from the project's modules. */
function loginsOf({ project, db }: Pick<ApiOptions, 'project' | 'db'>, { secrets }: Config): Logins {
  const options = project.modules.find(({ name }) => name === 'auth')?.options as AuthOptions | undefined
  return {
    providers: options?.providers ?? {},
    find: (provider, entityId) => findIdentity(db, provider, entityId),
    findSecretKey: (token) => findSecretKey(db, secrets, token),
  }
}

/** The codec endpoint; undefined if nothing is encrypted, or if others could decrypt payloads without a token. */
function codecOf({ keys, codecToken, temporalUiUrl, production, host }: Config): CodecEndpointOptions | undefined {
  const isOpen = !codecToken && (production || !isLoopback(host))
  if (keys.length === 0 || isOpen) return undefined
  return {
    codec: encryptionCodec(keys),
    ...(codecToken && { token: codecToken }),
    ...(temporalUiUrl && { uiUrl: temporalUiUrl }),
  }
}
