/** The configuration, project and connections of commands. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Client, Connection, type ConnectionOptions } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'
import { type Config, loadConfig } from '../framework/config.ts'
import { createLogger, type Logger } from '../framework/log.ts'
import type { Project } from '../framework/project.ts'
import { runningStackEnv } from '../framework/stack/index.ts'
import { createClient } from '../framework/temporal/client.ts'
import { installRuntime } from '../framework/temporal/runtime.ts'

export interface Base {
  config: Config
  log: Logger
}

/** The configuration and log of the project in the current folder. */
export function openBase(env: NodeJS.ProcessEnv = process.env): Base {
  const config = loadConfig(env)
  const pretty = !config.production && process.stderr.isTTY === true
  return { config, log: createLogger({ level: config.logLevel, pretty }) }
}

/** The default export of `turri.config.ts`. */
export async function loadProject(directory = process.cwd()): Promise<Project> {
  const file = ['turri.config.ts', 'turri.config.js'].map((name) => join(directory, name)).find(existsSync)
  if (!file) throw new Error(`There is no turri.config.ts in ${directory}. Run turri in the folder of a project.`)
  const { default: project } = (await import(pathToFileURL(file).href)) as { default?: Project }
  if (!project?.modules) throw new Error(`${file} does not export a project by default: export default core()`)
  return project
}

/** @throws if no database is configured. */
export function databaseUrlOf(config: Config): string {
  if (config.databaseUrl) return config.databaseUrl
  throw new Error('Set DATABASE_URL to a Postgres database, or use `turri dev`, which starts one.')
}

/** The connection to Temporal that the API and worker of a process share. */
export async function connectTemporal({ config, log }: Base): Promise<NativeConnection> {
  const { address, options } = config.temporal.connect
  if (!address) throw new Error('Set TEMPORAL_ADDRESS to a Temporal server, or use `turri dev`, which starts one.')
  installRuntime(log)
  try {
    return await NativeConnection.connect({ ...options, address } as Parameters<typeof NativeConnection.connect>[0])
  } catch (error) {
    throw new Error(`Temporal does not answer at ${address}: ${(error as Error).message}. Run \`turri doctor\`.`)
  }
}

/** The resources to close when a command ends, in reverse order, including those that are still being opened. */
export class Closing {
  readonly #closers: (() => Promise<unknown>)[] = []
  #closed: Promise<void> | undefined

  add(close: () => Promise<unknown>): void {
    this.#closers.unshift(close)
  }

  /** Registers how to close a resource before it is open, so that an interrupted start leaves nothing behind. */
  opening<T>(opening: Promise<T>, close: (opened: T) => Promise<unknown>): Promise<T> {
    this.add(() => opening.then(close, () => {}))
    return opening
  }

  close(): Promise<void> {
    this.#closed ??= this.#closeAll()
    return this.#closed
  }

  async #closeAll(): Promise<void> {
    for (const close of this.#closers) await close()
  }
}

const FORCE_AFTER_MS = 1000

/** Runs `stop` on the first SIGINT or SIGTERM and exits afterwards; a later signal exits immediately. */
export function onStopSignal(stop: () => Promise<void>): void {
  let signalledAt: number | undefined
  const handler = () => {
    if (signalledAt !== undefined) {
      if (Date.now() - signalledAt > FORCE_AFTER_MS) process.exit(1)
      return // the terminal and the parent process may both pass on one Ctrl-C
    }
    signalledAt = Date.now()
    stop()
      .then(() => process.exit(0))
      .catch((error: Error) => {
        console.error(error.message)
        process.exit(1)
      })
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', handler)
}

/** The configuration of a running shop: that of the environment, or else of the stack that `turri dev` started in this folder. */
export function openRunning(): Base {
  const { config } = openBase()
  return openBase({ LOG_LEVEL: 'warn', ...runningStackEnv(config.home), ...process.env })
}

export async function openClient({ config }: Base): Promise<{ client: Client; close: () => Promise<void> }> {
  const { address, options } = config.temporal.connect
  if (!address) throw new Error('Nothing runs here: start `turri dev`, or set TEMPORAL_ADDRESS and DATABASE_URL.')
  const connection = await Connection.connect({ ...options, address } as ConnectionOptions).catch((error: Error) => {
    throw new Error(`Temporal does not answer at ${address}: ${error.message}. Run \`turri doctor\`.`)
  })
  return { client: createClient(connection, config), close: () => connection.close() }
}
