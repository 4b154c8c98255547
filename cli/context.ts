/** What every command begins with. */
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

/** Configuration and log of the project in this folder. */
export function openBase(env: NodeJS.ProcessEnv = process.env): Base {
  const config = loadConfig(env)
  const pretty = !config.production && process.stderr.isTTY === true
  return { config, log: createLogger({ level: config.logLevel, pretty }) }
}

/** The project in this folder: what `turri.config.ts` exports by default. */
export async function loadProject(directory = process.cwd()): Promise<Project> {
  const file = ['turri.config.ts', 'turri.config.js'].map((name) => join(directory, name)).find(existsSync)
  if (!file) throw new Error(`There is no turri.config.ts in ${directory}. Run turri in the folder of a project.`)
  const { default: project } = (await import(pathToFileURL(file).href)) as { default?: Project }
  if (!project?.modules) throw new Error(`${file} does not export a project by default: export default core()`)
  return project
}

/** @throws when no database is configured: these commands bring none up. */
export function databaseUrlOf(config: Config): string {
  if (config.databaseUrl) return config.databaseUrl
  throw new Error('Set DATABASE_URL to a Postgres, or use `turri dev`, which brings one up.')
}

/** A connection to Temporal that API and worker of a process share. */
export async function connectTemporal({ config, log }: Base): Promise<NativeConnection> {
  const { address, options } = config.temporal.connect
  if (!address) throw new Error('Set TEMPORAL_ADDRESS to a Temporal server, or use `turri dev`, which brings one up.')
  installRuntime(log)
  try {
    return await NativeConnection.connect({ ...options, address } as Parameters<typeof NativeConnection.connect>[0])
  } catch (error) {
    throw new Error(`Temporal does not answer at ${address}: ${(error as Error).message}. Run \`turri doctor\`.`)
  }
}

/** What is to be closed when a command ends, the last opened first; also what is still being opened. */
export class Closing {
  readonly #closers: (() => Promise<unknown>)[] = []
  #closed: Promise<void> | undefined

  add(close: () => Promise<unknown>): void {
    this.#closers.unshift(close)
  }

  /** Notes how to close a thing before it is there, so that an interrupted start leaves nothing behind. */
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

const IMPATIENT_AFTER_MS = 1000

/** Runs `stop` once when the process is asked to end, and ends it then; being asked again later ends it at once. */
export function onStopSignal(stop: () => Promise<void>): void {
  let askedAt: number | undefined
  const handler = () => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > IMPATIENT_AFTER_MS) process.exit(1)
      return // the terminal and the process that started us may both pass on one Ctrl-C
    }
    askedAt = Date.now()
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

/** Configuration of a command that looks at what runs: that of the environment, else the stack that `turri dev` has up here. */
export function openRunning(): Base {
  const { config } = openBase()
  return openBase({ LOG_LEVEL: 'warn', ...runningStackEnv(config.home), ...process.env })
}

/** A client of Temporal, and what to close when done. */
export async function openClient({ config }: Base): Promise<{ client: Client; close: () => Promise<void> }> {
  const { address, options } = config.temporal.connect
  if (!address) throw new Error('Nothing runs here: start `turri dev`, or set TEMPORAL_ADDRESS and DATABASE_URL.')
  const connection = await Connection.connect({ ...options, address } as ConnectionOptions).catch((error: Error) => {
    throw new Error(`Temporal does not answer at ${address}: ${error.message}. Run \`turri doctor\`.`)
  })
  return { client: createClient(connection, config), close: () => connection.close() }
}
