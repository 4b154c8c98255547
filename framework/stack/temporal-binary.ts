/** Finds or makes a Temporal CLI: on the PATH, cached, downloaded by the SDK, or built with Go. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Reports progress to the user. */
export type Report = (line: string) => void

export interface TemporalBinary {
  path: string
  /** The version of the server inside, such as 1.29.1. */
  serverVersion: string
}

/** The oldest supported version of the server. */
export const OLDEST_SERVER = '1.29'
const ADVICE =
  'Install the Temporal CLI (https://docs.temporal.io/cli) or Go 1.25 or newer, or set TEMPORAL_ADDRESS to a server of your own.'

/** The first CLI found or made. Safe to call from several processes at once. */
export async function findTemporal(report: Report): Promise<TemporalBinary> {
  const onPath = which('temporal')
  const installed = onPath && inspect(onPath)
  if (installed) return installed
  const path = cachedPath()
  return inspect(path) ?? (await underLock(path, () => make(path, report)))
}

async function make(path: string, report: Report): Promise<TemporalBinary> {
  const refusals: string[] = []
  for (const attempt of [download, build]) {
    try {
      await attempt(path, report)
      const binary = inspect(path)
      if (binary) return binary
      refusals.push(`${attempt.name}: the result is no Temporal server ≥ ${OLDEST_SERVER}`)
    } catch (error) {
      refusals.push(`${attempt.name}: ${(error as Error).message}`)
    }
  }
  throw new Error(`There is no Temporal server on this machine.\n  ${refusals.join('\n  ')}\n${ADVICE}`)
}

/** The path of a downloaded or built binary in the user's cache, by the hash of its sources. */
export function cachedPath(): string {
  const base = process.env.TURRI_CACHE ?? process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const hash = createHash('sha256')
    .update(readFileSync(join(source(), 'go.sum')))
    .digest('hex')
    .slice(0, 16)
  return join(base, 'turritopsis', `temporal-${hash}`, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
}

/** The folder of go.mod and go.sum: beside the sources, or one up from `dist`. */
function source(): string {
  const candidates = ['../../tools/temporal', '../../../tools/temporal'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return candidates.find((path) => existsSync(join(path, 'go.sum'))) ?? candidates[0]!
}

function inspect(path: string): TemporalBinary | undefined {
  if (!existsSync(path)) return undefined
  try {
    const output = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const serverVersion = /Server ([\d.]+)/.exec(output)?.[1]
    return serverVersion && isAtLeast(serverVersion, OLDEST_SERVER) ? { path, serverVersion } : undefined
  } catch {
    return undefined
  }
}

/** Compares dotted version numbers. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < b.length; i++) {
    if ((a[i] ?? 0) !== b[i]) return (a[i] ?? 0) > b[i]!
  }
  return true
}

async function download(path: string, report: Report): Promise<void> {
  await fetch('https://temporal.download/', { method: 'HEAD', signal: AbortSignal.timeout(4000) }).catch(() => {
    throw new Error('temporal.download cannot be reached')
  })
  report('downloading the Temporal CLI (about 60 MB, once)')
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const downloadDir = mkdtempSync(join(tmpdir(), 'turri-temporal-'))
  const started = TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version: 'default', downloadDir } },
  })
  const environment = await Promise.race([started, timeout(started)])
  await environment.teardown()
  const { readdirSync } = await import('node:fs')
  const name = readdirSync(downloadDir).find((file) => statSync(join(downloadDir, file)).size > 1_000_000)
  if (!name) throw new Error('the SDK downloaded nothing that can be kept')
  copyFileSync(join(downloadDir, name), `${path}.new`)
  renameSync(`${path}.new`, path)
  rmSync(downloadDir, { recursive: true, force: true })
}

async function timeout(started: Promise<{ teardown: () => Promise<void> }>): Promise<never> {
  await sleep(180_000, undefined, { ref: false })
  started.then((environment) => environment.teardown()).catch(() => {})
  throw new Error('the download took more than three minutes')
}

async function build(path: string, report: Report): Promise<void> {
  const go = which('go')
  if (!go) throw new Error('go is not installed')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  report('building the Temporal CLI with Go (once, about 3 minutes): fetching its sources')
  const packages = (await output(go, ['list', '-deps', PACKAGE], report)).trim().split('\n').length
  let compiled = 0
  const tick = setInterval(
    () => report(`building the Temporal CLI: ${Math.min(compiled, packages)} of ${packages} packages, ${seconds()} s`),
    5000,
  )
  try {
    const flags = ['-v', '-trimpath', '-ldflags', '-s -w']
    await output(go, ['build', ...flags, '-o', `${path}.new`, PACKAGE], () => compiled++)
    renameSync(`${path}.new`, path)
    report(`built the Temporal CLI in ${seconds()} s; kept for next time`)
  } finally {
    clearInterval(tick)
  }
}

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal'

async function output(command: string, args: string[], onErrorLine: Report): Promise<string> {
  const env = { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0', ...goFolders() }
  const child = spawn(command, args, { cwd: source(), env, stdio: ['ignore', 'pipe', 'pipe'] })
  const last: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line)
    if (last.length > 5) last.shift()
    if (!line.startsWith('go: downloading')) onErrorLine(line)
  })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${command} ${args[0]} failed: ${last.join(' | ')}`)
  return text
}

/** Go does not work without a home directory; without one, its folders are in the temporary folder. */
function goFolders(): Record<string, string> {
  if (process.env.HOME || (process.env.GOPATH && process.env.GOCACHE)) return {}
  return { GOPATH: join(tmpdir(), 'turri-go'), GOCACHE: join(tmpdir(), 'turri-go-cache') }
}

/** Allows one maker at a time. The lock is a folder that its owner keeps fresh, and that others take over if it is stale. */
async function underLock<T>(path: string, work: () => Promise<T>): Promise<T | TemporalBinary> {
  const lock = `${path}.lock`
  mkdirSync(join(path, '..'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (staleFor(lock) > 30_000) rmSync(lock, { recursive: true, force: true })
      await sleep(500)
      const binary = inspect(path)
      if (binary) return binary
    }
  }
  const { utimesSync } = await import('node:fs')
  const fresh = setInterval(() => utimesSync(lock, new Date(), new Date()), 5000)
  try {
    return inspect(path) ?? (await work())
  } finally {
    clearInterval(fresh)
    rmSync(lock, { recursive: true, force: true })
  }
}

function staleFor(lock: string): number {
  try {
    return Date.now() - statSync(lock).mtimeMs
  } catch {
    return 0
  }
}

/** The first executable of that name on the PATH. */
export function which(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name]
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => names.map((file) => join(dir, file)))
    .find((file) => existsSync(file) && statSync(file).isFile())
}
