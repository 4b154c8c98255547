/** The workflow bundle, which is made again only if one of its files has changed. */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Logger } from '../log.ts'
import { convertersOf } from './data-converter.ts'
import type { BundleRequest } from './make-bundle.ts'

export interface BundleOptions {
  /** The files whose exported functions are the workflows. */
  entries: string[]
  /** The file whose exports are handlers of hooks. */
  hooks?: string
  /** Method → task queue, for modules with a queue of their own. */
  queueByMethod: Record<string, string>
  /** Whether failure messages are encoded so that the codec encrypts them. */
  encrypted: boolean
  /** The folder of bundles. */
  cache: string
  log: Logger
}

export interface Manifest {
  codeFile: string
  /** The source files of the bundle: path → digest. */
  files: Record<string, string>
}

/** The answer of the bundling process. */
export type Bundled = { manifest: Manifest } | { error: string }

const require = createRequire(import.meta.url)
const SDK_VERSION: string = require('@temporalio/workflow/package.json').version

/** @returns the path of the bundle's code. */
export async function workflowBundle(options: BundleOptions): Promise<string> {
  const { entries, hooks, queueByMethod } = options
  const ingredients = [SDK_VERSION, process.version, entries, hooks, queueByMethod, convertersOf(options)]
  const key = digest(JSON.stringify(ingredients))
  const manifestFile = join(options.cache, `${key}.json`)
  return cached(manifestFile) ?? (await make(options, key, manifestFile))
}

function cached(manifestFile: string): string | undefined {
  if (!existsSync(manifestFile)) return undefined
  const { codeFile, files } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
  const isFresh = Object.entries(files).every(([path, was]) => existsSync(path) && digest(readFileSync(path)) === was)
  return isFresh && existsSync(codeFile) ? codeFile : undefined
}

async function make({ log, ...options }: BundleOptions, key: string, manifestFile: string): Promise<string> {
  const started = Date.now()
  const answer = await bundleInProcess({ ...options, key, manifestFile })
  if ('error' in answer) throw new Error(answer.error)
  const { codeFile, files } = answer.manifest
  log.info({ files: Object.keys(files).length, ms: Date.now() - started }, 'bundled the workflows')
  return codeFile
}

/** Bundles in a process of its own, because the bundler needs much memory, which a worker would keep. */
async function bundleInProcess(request: BundleRequest): Promise<Bundled> {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(`./bundle-process.${isSource ? 'ts' : 'js'}`, import.meta.url))
  const execArgv = isSource ? ['--conditions=turri-source', '--import', pathToFileURL(require.resolve('tsx')).href] : []
  const bundler = fork(file, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  bundler.send(request)
  const ended = once(bundler, 'exit').then(([code, signal]) => {
    throw new Error(`The process that bundles the workflows ended too early (${signal ?? `exit code ${code}`})`)
  })
  ended.catch(() => {})
  const [answer] = (await Promise.race([once(bundler, 'message'), ended])) as [Bundled]
  return answer
}

/** Writes a file atomically, so that another process never reads half of it. */
export function write(path: string, text: string): void {
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

export const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex').slice(0, 32)
