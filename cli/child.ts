/** Child processes of commands. */
import { type ChildProcess, spawn } from 'node:child_process'
import { end } from '../framework/stack/process.ts'

export interface Child {
  pid: number
  /** The address that it listens on, if any. */
  url?: string
  process: ChildProcess
  /** Stops it gracefully. */
  stop: () => Promise<void>
}

/**
 * Starts `turri <args>` and waits until it reports that it is ready.
 *
 * @param turri the file of the command; default: the one that is running
 * @param cwd the folder of the project; default: the current one
 * @throws if it ends before it is ready.
 */
export async function startChild(
  args: string[],
  env: Record<string, string>,
  turri?: string,
  cwd?: string,
): Promise<Child> {
  const flags = turri?.endsWith('.js') ? [] : process.execArgv
  const child = spawn(process.execPath, [...flags, turri ?? process.argv[1]!, ...args], {
    env: { ...process.env, ...env },
    ...(cwd && { cwd }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true, // Ctrl-C reaches us, and we stop it in order
  })
  const url = await new Promise<string | undefined>((resolve, reject) => {
    child.once('message', (message: { url?: string }) => resolve(message.url))
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`turri ${args[0]} ended (${signal ?? `exit code ${code}`})`)))
  })
  return { pid: child.pid!, ...(url && { url }), process: child, stop: () => end(child.pid, 'SIGTERM') }
}
