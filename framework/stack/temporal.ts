/** Runs a Temporal server: the dev server of the CLI, with its database in a file. */
import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Connection } from '@temporalio/client'
import type { Logger } from '../log.ts'
import type { DevServerSettings } from '../temporal/yaml.ts'
import { choosePort, endOrphan, listening, retryStart, type Supervised, supervise, until } from './process.ts'
import { findTemporal, type Report, type TemporalBinary } from './temporal-binary.ts'

export interface Temporal extends Supervised {
  /** host:port of the gRPC frontend. */
  address: string
  /** The address of the user interface. */
  uiUrl: string
}

export interface TemporalOptions {
  /** The folder of the database and the log. */
  dir: string
  settings: DevServerSettings
  /** The codec endpoint for the user interface. */
  codecEndpoint?: string
  report: Report
  log: Logger
}

const DAY_S = 86_400

/** Starts the server with its database in `dir`. Finds or builds its binary first. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const binary = await findTemporal(options.report)
  return retryStart(() => startServer(binary, options))
}

async function startServer(binary: TemporalBinary, options: TemporalOptions): Promise<Temporal> {
  const { dir, settings, codecEndpoint, log } = options
  const database = resolve(dir, `temporal-${binary.serverVersion}.db`)
  const identity = { pidFile: join(dir, 'temporal.pid'), mark: database, stopSignal: 'SIGTERM' as const }
  await endOrphan(identity)
  const port = await choosePort(settings.port, 7233, 'Temporal')
  const uiPort = await choosePort(settings.uiPort, 8233, "Temporal's user interface")
  mkdirSync(dir, { recursive: true })
  const logFile = join(dir, 'temporal.log')
  const output = openSync(logFile, 'a')
  const address = `127.0.0.1:${port}`
  const supervised = await supervise({
    name: 'Temporal',
    ...identity,
    logFile,
    log,
    ready: () => until(() => listening(port), 'Temporal').then(() => setRetention(address, settings.retentionDays)),
    spawn: () =>
      spawn(binary.path, [...flags(database, port, uiPort), ...codecFlag(codecEndpoint), ...dynamicConfig(settings)], {
        detached: true,
        stdio: ['ignore', output, output],
      }),
  })
  return { ...supervised, address, uiUrl: `http://127.0.0.1:${uiPort}` }
}

/** With `synchronous=2`, what the server has acknowledged survives a crash of the machine, not only of the server. */
function flags(database: string, port: number, uiPort: number): string[] {
  const network = ['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)]
  const storage = ['--db-filename', database, '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2']
  return ['server', 'start-dev', ...network, ...storage, '--log-level', 'error']
}

function codecFlag(endpoint: string | undefined): string[] {
  return endpoint ? ['--ui-codec-endpoint', endpoint] : []
}

function dynamicConfig(settings: DevServerSettings): string[] {
  return Object.entries(settings.dynamicConfig).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ])
}

/** Deletes the databases of earlier runs in `dir`, for tests and demos. */
export function forgetWorkflows(dir: string): void {
  mkdirSync(dir, { recursive: true })
  const databases = readdirSync(dir).filter((name) => /^temporal-.*\.db/.test(name))
  for (const name of databases) rmSync(join(dir, name), { force: true })
}

/** The dev server keeps closed workflows for a day, but request keys must work longer. */
async function setRetention(address: string, days: number): Promise<void> {
  await until(async () => {
    const connection = await Connection.connect({ address, connectTimeout: 2000 })
    try {
      await connection.workflowService.updateNamespace({
        namespace: 'default',
        config: { workflowExecutionRetentionTtl: { seconds: days * DAY_S } as never },
      })
    } finally {
      await connection.close()
    }
  }, 'Temporal')
}
