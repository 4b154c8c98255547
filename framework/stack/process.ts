/** Supervises child processes, and ends orphans of an earlier run. */
import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'

export interface SupervisedOptions {
  name: string
  /** The pid file, by which the next start finds orphans. */
  pidFile: string
  /** The log file of the process. */
  logFile: string
  /** A part of the command line that only our process has, because a pid may have been reused. */
  mark: string
  spawn: () => ChildProcess
  /** Resolves when the process is ready. */
  ready: () => Promise<void>
  stopSignal: NodeJS.Signals
  log: Logger
}

export interface Supervised {
  /** The current pid. */
  pid: () => number
  /** Stops the process for good. */
  stop: () => Promise<void>
}

/** The process ended before it was ready. */
class EndedEarly extends Error {}

const STARTS = 3

/** Retries a start that ended early, because a free port may be taken a moment later. */
export async function retryStart<T>(start: () => Promise<T>): Promise<T> {
  for (let starts = 1; ; starts++) {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof EndedEarly) || starts === STARTS) throw error
    }
  }
}

/** Starts a process, waits until it is ready, and restarts it whenever it dies. */
export async function supervise(options: SupervisedOptions): Promise<Supervised> {
  let child = launch(options)
  let stopping = false
  const watch = (watched: ChildProcess) =>
    watched.once('exit', (code, signal) => {
      if (stopping) return
      options.log.warn({ process: options.name, code, signal }, `${options.name} died; starting it again`)
      void restart()
    })
  const restart = async () => {
    await sleep(200)
    if (stopping) return
    child = launch(options)
    watch(child)
    await options.ready().catch((error) => options.log.error({ err: error }, `${options.name} does not come back`))
  }
  try {
    await readyOrDead(options, child)
  } catch (error) {
    await end(child.pid, options.stopSignal)
    throw error
  }
  watch(child)
  return {
    pid: () => child.pid!,
    stop: async () => {
      stopping = true
      await end(child.pid, options.stopSignal)
      rmSync(options.pidFile, { force: true })
    },
  }
}

function launch({ spawn, pidFile }: SupervisedOptions): ChildProcess {
  const child = spawn()
  child.on('error', () => {}) // a failed spawn ends as an exit, or as a start that never gets ready
  mkdirSync(dirname(pidFile), { recursive: true })
  if (child.pid) writeFileSync(pidFile, String(child.pid))
  return child
}

async function readyOrDead(options: SupervisedOptions, child: ChildProcess): Promise<void> {
  const died = once(child, 'exit').then(([code, signal]) => {
    throw new EndedEarly(
      `${options.name} ended before it was ready (${signal ?? `exit code ${code}`}). It says why in ${options.logFile}`,
    )
  })
  died.catch(() => {})
  await Promise.race([options.ready(), died])
}

/** Ends the orphan of an earlier run whose parent was killed. */
export async function endOrphan({
  pidFile,
  mark,
  stopSignal,
}: Pick<SupervisedOptions, 'pidFile' | 'mark' | 'stopSignal'>): Promise<void> {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  if (commandLine(pid).includes(mark)) await end(pid, stopSignal)
  rmSync(pidFile, { force: true })
}

/** Sends a process a signal, and kills it after ten seconds. */
export async function end(pid: number | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!pid || !isAlive(pid)) return
  process.kill(pid, signal)
  for (let waitedMs = 0; isAlive(pid); waitedMs += 20) {
    if (waitedMs === 10_000) process.kill(pid, 'SIGKILL')
    await sleep(20)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8'))
}

/** The command line of a process; '' if it does not run. */
export function commandLine(pid: number): string {
  if (!pid || !isAlive(pid)) return ''
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    const proc = `/proc/${pid}/cmdline`
    return existsSync(proc) ? readFileSync(proc, 'utf8').replaceAll('\0', ' ') : ''
  }
}

/** Repeats an attempt until it succeeds, or the time limit is reached. */
export async function until(attempt: () => Promise<void>, what: string, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} did not answer within ${timeoutMs / 1000} s: ${error}`)
      await sleep(25)
    }
  }
}

/** The requested port, which must be free; default: the preferred port if it is free, else any */
export async function choosePort(requested: number | undefined, preferred: number, what: string): Promise<number> {
  if (requested !== undefined) {
    if (requested !== 0 && !(await isFree(requested))) {
      throw new Error(`Port ${requested}, asked for ${what}, is in use. Stop what listens there, or ask for another.`)
    }
    return requested === 0 ? freePort() : requested
  }
  return (await isFree(preferred)) ? preferred : freePort()
}

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Resolves if a server listens on the port. */
export function listening(port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
