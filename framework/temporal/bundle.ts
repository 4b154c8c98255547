/** The workflow bundle: made once, and again only when a file that is in it has changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import type { Logger } from '../log.ts'
import { FAILURE_CONVERTER } from './data-converter.ts'

export interface BundleOptions {
  /** The files whose exported functions are the workflows. */
  entries: string[]
  /** Which methods work on a task queue of their own. */
  queueByMethod: Record<string, string>
  /** Whether the messages of failures are put where the codec encrypts them. */
  encrypted: boolean
  /** Where bundles are kept. */
  cache: string
  log: Logger
}

interface Manifest {
  codeFile: string
  /** What the bundle was made from: path → digest. */
  files: Record<string, string>
}

const require = createRequire(import.meta.url)
const SDK_VERSION: string = require('@temporalio/workflow/package.json').version
/** From the repository, the package's own doors lead to its sources. */
const SOURCE = import.meta.url.endsWith('.ts') ? ['turri-source'] : []
const CONDITIONS = [...SOURCE, 'import', 'module', 'webpack', 'default']
const KEPT_MS = 7 * 86_400_000

/** @returns the path of the bundle's code. */
export async function workflowBundle(options: BundleOptions): Promise<string> {
  const { entries, queueByMethod, encrypted } = options
  const key = digest(JSON.stringify([SDK_VERSION, process.version, entries, queueByMethod, encrypted]))
  const manifestFile = join(options.cache, `${key}.json`)
  return cached(manifestFile) ?? (await make(options, key, manifestFile))
}

function cached(manifestFile: string): string | undefined {
  if (!existsSync(manifestFile)) return undefined
  const { codeFile, files } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
  const isFresh = Object.entries(files).every(([path, was]) => existsSync(path) && digest(readFileSync(path)) === was)
  return isFresh && existsSync(codeFile) ? codeFile : undefined
}

async function make(options: BundleOptions, key: string, manifestFile: string): Promise<string> {
  const started = Date.now()
  const sources = new Set<string>()
  const warnings: string[] = []
  const said: string[] = []
  const { code } = await bundleWorkflowCode({
    workflowsPath: await entryFile(options, key),
    workflowInterceptorModules: [frameworkFile('interceptors')],
    ...(options.encrypted && { failureConverterPath: FAILURE_CONVERTER }),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: CONDITIONS },
      module: { ...config.module, rules: [...(config.module?.rules ?? []), CATALOGUES_ONLY_NAME] },
      optimization: { ...config.optimization, sideEffects: true },
      plugins: [
        ...(config.plugins ?? []),
        defineQueues(options.queueByMethod) as never,
        noteSources(sources, warnings) as never,
      ],
    }),
    logger: quiet(said),
  }).catch(() => {
    throw unbundled(options.entries, errorsIn(said.join('\n')))
  })
  refuseDuplicates(warnings, options.entries)
  const codeFile = join(options.cache, `${key}-${digest(code).slice(0, 12)}.js`)
  write(codeFile, code)
  const files = Object.fromEntries([...sources].sort().map((path) => [path, digest(readFileSync(path))]))
  write(manifestFile, JSON.stringify({ codeFile, files } satisfies Manifest))
  forgetOld(options.cache)
  options.log.info({ files: sources.size, ms: Date.now() - started }, 'bundled the workflows')
  return codeFile
}

/** A file that only exports what others do is not run to get at one of them. */
const CATALOGUES_ONLY_NAME = { test: /\.[cm]?[jt]s$/, exclude: /node_modules/, sideEffects: false }

/**
 * What all entries export, and the framework's own workflows: each taken from its file when it is asked for, as every run of a
 * workflow runs the files that it needs anew.
 */
async function entryFile({ entries, cache }: BundleOptions, key: string): Promise<string> {
  const folder = resolve(cache, `${key}-entry`)
  mkdirSync(folder, { recursive: true })
  const all = [...entries, frameworkFile('own-workflows')]
  const together = all.map((entry) => `export * from ${JSON.stringify(entry)}\n`).join('')
  write(join(folder, 'all.mjs'), together) // never run: so that names of two workflows are noticed
  const getters = ["get ['all workflows']() { return require('./all.mjs') }"]
  for (const entry of all) {
    for (const name of await exportsOf(entry, entries)) {
      write(join(folder, `${name}.mjs`), `export { ${name} } from ${JSON.stringify(entry)}\n`)
      getters.push(`get ${name}() { return require('./${name}.mjs').${name} }`)
    }
  }
  const path = join(folder, 'index.cjs')
  write(path, `module.exports = {\n${getters.join(',\n')}\n}\n`)
  return path
}

async function exportsOf(entry: string, entries: string[]): Promise<string[]> {
  try {
    return Object.keys(await import(pathToFileURL(entry).href))
  } catch (error) {
    throw unbundled(entries, (error as Error).message)
  }
}

function unbundled(entries: string[], why: string): Error {
  return new Error(`The workflows of ${entries.join(', ')} cannot be bundled:\n${why}`)
}

/** A file of `framework/workflow`: TypeScript in the repository, JavaScript in the package. */
function frameworkFile(name: string): string {
  const [ts, js] = ['ts', 'js'].map((kind) =>
    fileURLToPath(new URL(`../workflow/${name}.${kind}`, import.meta.url)),
  ) as [string, string]
  return existsSync(ts) ? ts : js
}

interface Compilation {
  fileDependencies: Iterable<string>
  warnings: { message: string }[]
}

interface Compiler {
  webpack: { DefinePlugin: new (values: Record<string, string>) => { apply(compiler: Compiler): void } }
  hooks: {
    done: { tap(name: string, fn: (stats: { compilation: Compilation }) => void): void }
  }
}

function defineQueues(queues: Record<string, string>) {
  return {
    apply: (compiler: Compiler) =>
      new compiler.webpack.DefinePlugin({ TURRI_TASK_QUEUES: JSON.stringify(queues) }).apply(compiler),
  }
}

/** Notes the files that are the project's or the framework's; those of packages are known by the SDK's version. */
function noteSources(sources: Set<string>, warnings: string[]) {
  return {
    apply: (compiler: Compiler) =>
      compiler.hooks.done.tap('turritopsis', ({ compilation }) => {
        for (const path of compilation.fileDependencies) {
          if (!path.includes('node_modules') && existsSync(path) && statSync(path).isFile()) sources.add(path)
        }
        warnings.push(...compilation.warnings.map(({ message }) => message))
      }),
  }
}

/** Two functions of one name would be one type of workflow; the bundler drops one with no more than a warning. */
function refuseDuplicates(warnings: string[], entries: string[]): void {
  const names = warnings.flatMap((text) => /conflicting star exports for the name '([^']+)'/.exec(text)?.[1] ?? [])
  if (names.length > 0)
    throw new Error(`Two workflows have the name '${names[0]}': see the exports of ${entries.join(', ')}`)
}

function forgetOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name)
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true, recursive: true })
  }
}

/** So that another process never reads half a file. */
function write(path: string, text: string): void {
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest('hex').slice(0, 32)

/** What the bundler complains of, without what it says about everything else. */
function errorsIn(text: string): string {
  const errors = text.split(/\n(?=ERROR in )/).filter((part) => part.startsWith('ERROR in '))
  return errors.map((error) => error.split('\n').slice(0, 3).join('\n')).join('\n') || text
}

function quiet(said: string[]) {
  const error = (message: string) => said.push(message)
  const nothing = () => {}
  return { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error }
}
