/** Starts and kills real processes of `turri`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { builtRoot, builtTurri } from './built.ts'
import type { World } from './world.ts'

export interface ProcessOptions {
  /** The project's folder, from the root. */
  cwd?: string
  env?: Record<string, string>
}

/** Starts `turri <command>` on the database and task queue of a world, and waits until it is ready. */
export async function startProcess(
  world: Pick<World, 'databaseUrl'> & Partial<Pick<World, 'config'>>,
  command: 'worker' | 'server' | 'start',
  { cwd = '.', env = {} }: ProcessOptions = {},
): Promise<ChildProcess & { url?: string }> {
  const child: ChildProcess & { url?: string } = spawn(process.execPath, [builtTurri, command], {
    cwd: join(builtRoot, cwd),
    stdio: ['ignore', 'ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      TURRI_HOME: resolve(process.env.TURRI_HOME ?? '.turri/test'),
      DATABASE_URL: world.databaseUrl,
      ...(world.config && {
        TURRI_TASK_QUEUE: world.config.temporal.worker.taskQueue,
        TEMPORAL_NAMESPACE: world.config.temporal.connect.namespace,
      }),
      PORT: '0',
      ...env,
    },
  })
  const message = once(child, 'message')
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`turri ${command} ended before it was ready (${signal ?? code})`)
  })
  ended.catch(() => {})
  const [{ url }] = (await Promise.race([message, ended])) as [{ url?: string }]
  if (url) child.url = url
  return child
}

/** Waits until a process has ended. @returns the signal that ended it, if any. */
export async function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode
}

/** `kill -9`. */
export async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended(child)
}

/** A little less than Jest's time limit, so that the error tells what the test waited for. */
const LIMIT_MS = 170_000

/** Waits until a condition holds. */
export async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about in ${LIMIT_MS / 1000} s that ${what}`)
    await sleep(20)
  }
}
