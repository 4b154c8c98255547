/** Makes the workflow bundle with webpack, in a process of its own (`bundle-process.ts`). */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { type BundleOptions, digest, type Manifest, write } from './bundle.ts'
import { convertersOf } from './data-converter.ts'

export interface BundleRequest extends Omit<BundleOptions, 'log'> {
  key: string
  manifestFile: string
}

const require = createRequire(import.meta.url)
/** The folder of the SDK's packages, so that a bundle outside the project finds them. */
const PACKAGES = resolve(require.resolve('@temporalio/workflow/package.json'), '../../..')
/** In the repository, the package's exports lead to its sources. */
const SOURCE = import.meta.url.endsWith('.ts') ? ['turri-source'] : []
const CONDITIONS = [...SOURCE, 'import', 'module', 'webpack', 'default']
const KEPT_MS = 7 * 86_400_000

/** Writes the bundle and its manifest. @throws an Error that says which workflows cannot be bundled, and why. */
export async function makeBundle({ key, manifestFile, ...options }: BundleRequest): Promise<Manifest> {
  const sources = new Set<string>()
  const warnings: string[] = []
  const errors: string[] = []
  const { code } = await bundleWorkflowCode({
    workflowsPath: await entryFile(options, key),
    workflowInterceptorModules: [frameworkFile('interceptors')],
    ...convertersOf(options),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: CONDITIONS, modules: ['node_modules', PACKAGES] },
      module: { ...config.module, rules: [...(config.module?.rules ?? []), CATALOGUES_ONLY_NAME] },
      optimization: { ...config.optimization, sideEffects: true },
      plugins: [
        ...(config.plugins ?? []),
        defineQueues(options.queueByMethod) as never,
        collectSources(sources, warnings) as never,
      ],
    }),
    logger: collectErrors(errors),
  }).catch(() => {
    const files = [...options.entries, ...(options.hooks ? [options.hooks] : [])]
    throw bundleError(files, errorsIn(errors.join('\n')))
  })
  refuseDuplicates(warnings, options.entries)
  const codeFile = join(options.cache, `${key}-${digest(code).slice(0, 12)}.js`)
  write(codeFile, code)
  const files = Object.fromEntries([...sources].sort().map((path) => [path, digest(readFileSync(path))]))
  const manifest: Manifest = { codeFile, files }
  write(manifestFile, JSON.stringify(manifest))
  deleteOld(options.cache)
  return manifest
}

/** Lets webpack skip files that only re-export others. */
const CATALOGUES_ONLY_NAME = { test: /\.[cm]?[jt]s$/, exclude: /node_modules/, sideEffects: false }

/**
 * Writes an entry with one getter per workflow, including the framework's own, so that a workflow loads only its own file: every run of a
 * workflow evaluates the files that it loads.
 */
async function entryFile({ entries, hooks, cache }: Omit<BundleOptions, 'log'>, key: string): Promise<string> {
  const folder = resolve(cache, `${key}-entry`)
  mkdirSync(folder, { recursive: true })
  const all = [...entries, frameworkFile('framework-workflows')]
  const together = all.map((entry) => `export * from ${JSON.stringify(entry)}\n`).join('')
  write(join(folder, 'all.mjs'), together) // never run: makes webpack warn about duplicate names
  const getters = ["get ['all workflows']() { return require('./all.mjs') }"]
  for (const entry of all) {
    for (const name of Object.keys(await exportsOf(entry, entries))) {
      write(join(folder, `${name}.mjs`), `export { ${name} } from ${JSON.stringify(entry)}\n`)
      getters.push(`get ${name}() { return require('./${name}.mjs').${name} }`)
    }
  }
  const path = join(folder, 'index.cjs')
  const handlers = hooks ? await handlersOf(hooks, folder) : ''
  write(path, `${handlers}module.exports = {\n${getters.join(',\n')}\n}\n`)
  return path
}

/** Writes one file per handler, so that each is loaded when it runs. @returns the code that registers the handlers. */
async function handlersOf(file: string, folder: string): Promise<string> {
  const byHook: Record<string, string[]> = {}
  for (const [name, handler] of Object.entries(await exportsOf(file, [file]))) {
    const hook = handler?.hook
    if (hook === undefined) {
      throw new Error(`${file} exports '${name}', which handles no hook: make it with \`<hook>.handle(async …)\``)
    }
    const part = `./handler-${name}.mjs`
    write(join(folder, part), `export { ${name} } from ${JSON.stringify(file)}\n`)
    byHook[hook] = [...(byHook[hook] ?? []), `${name}: () => require('${part}').${name}`]
  }
  const hooks = Object.entries(byHook).map(([hook, parts]) => `  ${hook}: { ${parts.join(', ')} }`)
  return `require(${JSON.stringify(frameworkFile('hook'))}).addHandlers({\n${hooks.join(',\n')}\n})\n`
}

async function exportsOf(entry: string, entries: string[]): Promise<Record<string, { hook?: string } | null>> {
  try {
    return await import(pathToFileURL(entry).href)
  } catch (error) {
    throw bundleError(entries, (error as Error).message)
  }
}

function bundleError(entries: string[], why: string): Error {
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

/** Collects the source files of the project and the framework; packages are covered by the version of the SDK. */
function collectSources(sources: Set<string>, warnings: string[]) {
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

/** Two functions with the same name would be one workflow type, and webpack drops one of them with a warning only. */
function refuseDuplicates(warnings: string[], entries: string[]): void {
  const names = warnings.flatMap((text) => /conflicting star exports for the name '([^']+)'/.exec(text)?.[1] ?? [])
  if (names.length > 0)
    throw new Error(`Two workflows have the name '${names[0]}': see the exports of ${entries.join(', ')}`)
}

function deleteOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name)
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true, recursive: true })
  }
}

/** The errors in webpack's output. */
function errorsIn(text: string): string {
  const errors = text.split(/\n(?=ERROR in )/).filter((part) => part.startsWith('ERROR in '))
  return errors.map((error) => error.split('\n').slice(0, 3).join('\n')).join('\n') || text
}

function collectErrors(errors: string[]) {
  const error = (message: string) => errors.push(message)
  const ignore = () => {}
  return { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error }
}
