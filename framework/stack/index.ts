/** The development stack: starts Postgres and Temporal if none is configured. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { commandLine, isAlive } from './process.ts'
import { startTemporal, type Temporal } from './temporal.ts'
import type { Report } from './temporal-binary.ts'

export interface Stack {
  databaseUrl: string
  temporalAddress: string
  /** Absent if Temporal is configured. */
  temporalUiUrl?: string
  /** The started servers; absent if configured. */
  postgres?: Postgres
  temporal?: Temporal
  /** The environment of a child process that uses this stack. */
  env: Record<string, string>
  stop: () => Promise<void>
}

export interface StackOptions {
  config: Config
  /** The codec endpoint for Temporal's user interface. */
  codecEndpoint?: string
  report: Report
  log: Logger
}

/** Starts the servers that the configuration does not name, and restarts them if they die. `stop` leaves nothing running. */
export async function startStack({ config, codecEndpoint, report, log }: StackOptions): Promise<Stack> {
  const release = takeLock(config.home)
  const dir = config.home
  const { databaseUrl, temporal } = config
  const [postgres, server] = await Promise.allSettled([
    databaseUrl ? undefined : startPostgres({ dir, port: portIn(process.env.TURRI_POSTGRES_PORT), log }),
    temporal.connect.address
      ? undefined
      : startTemporal({ dir, settings: temporal.server, report, log, ...(codecEndpoint && { codecEndpoint }) }),
  ])
  const stop = async () => {
    rmSync(stackFile(dir), { force: true })
    await Promise.all([postgres, server].map((part) => part.status === 'fulfilled' && part.value?.stop()))
    release()
  }
  const failed = [postgres, server].find((part) => part.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  const stack = stackOf(config, started(postgres), started(server), stop)
  writeFileSync(stackFile(dir), JSON.stringify({ pid: process.pid, env: stack.env }), { mode: 0o600 })
  return stack
}

/** The environment to use the stack that another process has started in this folder; empty if there is none. */
export function runningStackEnv(home: string): Record<string, string> {
  if (!existsSync(stackFile(home))) return {}
  const { pid, env } = JSON.parse(readFileSync(stackFile(home), 'utf8')) as { pid: number; env: Record<string, string> }
  return isAlive(pid) ? env : {}
}

const stackFile = (home: string) => join(home, 'stack.json')

function stackOf(config: Config, postgres?: Postgres, temporal?: Temporal, stop = async () => {}): Stack {
  const databaseUrl = config.databaseUrl ?? postgres!.url
  const temporalAddress = config.temporal.connect.address ?? temporal!.address
  return {
    databaseUrl,
    temporalAddress,
    env: {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      ...(temporal && { TURRI_TEMPORAL_UI: temporal.uiUrl }),
    },
    stop,
    ...(postgres && { postgres }),
    ...(temporal && { temporal, temporalUiUrl: temporal.uiUrl }),
  }
}

/** Allows one stack per folder, because two servers on the same files would destroy them. */
function takeLock(home: string): () => void {
  const file = join(home, 'lock')
  mkdirSync(home, { recursive: true })
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (owner !== process.pid && commandLine(owner).includes('node')) {
    throw new Error(
      `A stack runs here already (process ${owner}, ${home}). Stop it first, or set TURRI_HOME to another folder.`,
    )
  }
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

const portIn = (text: string | undefined) => (text ? Number(text) : undefined)
const started = <T>(part: PromiseSettledResult<T>) => (part.status === 'fulfilled' ? part.value : undefined)
