/** Processes of ours that a command starts beside itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { end } from '../framework/stack/process.ts'

export interface Child {
  pid: number
  /** The address that it listens at, where it does. */
  url?: string
  process: ChildProcess
  /** Lets it finish what is under way. */
  stop: () => Promise<void>
}

/**
 * Starts `turri <args>` and waits until it says that it is ready.
 *
 * @param turri the command's file; the one that runs now where it is left out. A built one needs no flags of Node's.
 * @param cwd the project's folder; this one where it is left out.
 * @throws when it ends before.
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
