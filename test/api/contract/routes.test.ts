/** What is served is what the facts have. */
import { createWorld, type World } from '../../support/index.ts'
import { ROUTES } from './routes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ worker: false })
})
afterAll(() => world.stop())

const unnamed = (path: string) => path.replace(/\{\w+\}/g, '{}')

test('every route of the table is served and documented', async () => {
  const { paths } = (await world.request('GET', '/openapi.json')).body
  const served = Object.entries(paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${unnamed(path)}`),
  )
  const wanted = ROUTES.trim()
    .split('\n')
    .flatMap((line) => {
      const [path, ...methods] = line.split(' ').reverse() as [string, ...string[]]
      return methods.map((method) => `${method} ${unnamed(path)}`)
    })
  expect(wanted.length).toBeGreaterThan(190)
  expect(wanted.filter((route) => !served.includes(route))).toEqual([])
})

const VERB = new RegExp(
  '^(Add|Cancel|Create|Delete|Dismiss|Link|List|Log in|Pause|Refresh|Register|Remove|Replay|Resume|Retrieve|Retry|Revoke|Stock|Sync|' +
    'Trigger|Undo|Unlink|Update)\\b',
)

test('the summary of every route begins with a verb', async () => {
  const { paths } = (await world.request('GET', '/openapi.json')).body
  const operations = Object.values(paths as Record<string, Record<string, { summary?: string }>>).flatMap(Object.values)
  const summaries = operations.map(({ summary = '' }) => summary)
  expect(summaries.length).toBeGreaterThan(190)
  expect(summaries.filter((summary) => !VERB.test(summary))).toEqual([])
})

test('an unknown route is 404 with a text', async () => {
  const { status, body } = await world.request('GET', '/nothing')
  expect([status, body]).toEqual([404, 'Cannot GET /nothing'])
})

test('feature flags are public', async () => {
  const { status, body } = await world.request('GET', '/admin/feature-flags', undefined, { authorization: '' })
  expect([status, body.feature_flags]).toMatchObject([200, { index_engine: false, rbac: false, translation: false }])
  expect((await world.request('GET', '/admin/plugins')).body).toEqual({ plugins: [] })
  expect((await world.request('GET', '/admin/plugins', undefined, { authorization: '' })).status).toBe(401)
})
