/** Real processes of ours, to be really killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { World } from './world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ProcessOptions {
  /** The project's folder, from the root. */
  cwd?: string
  env?: Record<string, string>
}

/** Starts `turri <command>` on a database, and a world's task queue, and waits until it is ready. */
export async function startProcess(
  world: Pick<World, 'databaseUrl'> & Partial<Pick<World, 'config'>>,
  command: 'worker' | 'server' | 'start',
  { cwd = '.', env = {} }: ProcessOptions = {},
): Promise<ChildProcess & { url?: string }> {
  const child: ChildProcess & { url?: string } = spawn(
    process.execPath,
    ['--conditions=turri-source', '--import', 'tsx', join(root, 'cli/turri.ts'), command],
    {
      cwd: join(root, cwd),
      stdio: ['ignore', 'ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'ignore', 'ipc'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_ENV: 'test',
        LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
        DATABASE_URL: world.databaseUrl,
        ...(world.config && {
          TURRI_TASK_QUEUE: world.config.temporal.worker.taskQueue,
          TEMPORAL_NAMESPACE: world.config.temporal.connect.namespace,
        }),
        PORT: '0',
        ...env,
      },
    },
  )
  const message = once(child, 'message')
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`turri ${command} ended before it was ready (${signal ?? code})`)
  })
  ended.catch(() => {})
  const [{ url }] = (await Promise.race([message, ended])) as [{ url?: string }]
  if (url) child.url = url
  return child
}

/** Waits until a process has ended, by its own hand or another's. */
export async function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode
}

/** `kill -9`. */
export async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended(child)
}

/** Waits until something holds. */
export async function eventually(holds: () => Promise<boolean>, what: string, timeoutMs = 90_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about in ${timeoutMs / 1000} s that ${what}`)
    await sleep(50)
  }
}
