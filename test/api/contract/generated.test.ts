/** Requests made from our own OpenAPI document: whatever is asked, the answer is no fault, and what the document allows is understood. */
import fc from 'fast-check'
import qs from 'qs'
import { createWorld, type World } from '../../support/index.ts'
import { type Components, ids, type Schema, spoilt, valid } from './arbitraries.ts'
import { type Seeded, seed } from './seed.ts'

const SEED = 20261121
const RUNS = 3
const AT_ONCE = 8

let world: World
let shop: Seeded
beforeAll(async () => {
  world = await createWorld()
  shop = await seed(world)
})
afterAll(() => world.stop())

/** What depends on two fields of a body, which no schema of the document says: of shipping options, and their prices. */
const UNSAYABLE =
  /Only one of 'type' and 'type_id'|fields: 'region_id'|Field '(type_id|prices(, \d+, \w+)?)' is required/

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

interface Sent {
  method: string
  path: string
  body?: unknown
}

/** Only what a database and a sandbox of ours answers: the clock's schedules are Temporal's. */
const LEFT_OUT = /^\/admin\/schedules/

async function document() {
  const { paths, components } = (await world.request('GET', '/openapi.json')).body
  const operations = Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const served = operations.filter(({ path }) => !LEFT_OUT.test(path))
  return { operations: served, components: components.schemas as Components }
}

function requestsOf(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  components: Components,
  isSound: boolean,
): fc.Arbitrary<Sent> {
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query')
  const asked = valid(
    {
      type: 'object',
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
    },
    components,
  )
  const schema = operation.requestBody?.content['application/json']?.schema
  const body = schema ? valid(schema, components) : fc.constant(undefined)
  const names = Object.keys((schema?.$ref ? components[schema.$ref.split('/').at(-1)!] : schema)?.properties ?? {})
  const at = path.match(/\{\w+\}/g) ?? []
  const filled = fc.tuple(...at.map(() => ids([...new Set([shop.filled(path).split('/').at(3) ?? 'none', 'none'])])))
  return fc
    .record({
      filled: isSound ? fc.constant(undefined) : filled,
      query:
        isSound || names.length > 0
          ? asked
          : spoilt(
              asked,
              parameters.map(({ name }) => name),
            ),
      body: isSound || !schema ? body : spoilt(body, names),
    })
    .map(({ filled: values, query, body: sent }) => {
      let n = 0
      const one = values ? path.replace(/\{\w+\}/g, () => values[n++]!) : shop.filled(path).split('?')[0]!
      const text = shortened(qs.stringify(query as object, { arrayFormat: 'indices' }))
      return { method, path: text ? `${one}?${text}` : one, ...(schema && { body: sent ?? {} }) }
    })
}

/** Servers take no address of any length. */
const shortened = (text: string) => (text.length > 4000 ? text.slice(0, text.lastIndexOf('&', 4000)) : text)

async function send({ method, path, body }: Sent) {
  const headers: Record<string, string> = path.startsWith('/store') ? { 'x-publishable-api-key': shop.key } : {}
  const { status, body: answer } = await world.request(method, path, body, headers)
  return { status, message: String(answer?.message ?? ''), type: answer?.type }
}

/** All of them, some at once; those whose answer is not as it should be. */
async function wrongOf(sent: Sent[], isWrong: (answer: Awaited<ReturnType<typeof send>>) => boolean) {
  const wrong: object[] = []
  const queue = [...sent]
  const work = async () => {
    for (let one = queue.pop(); one; one = queue.pop()) {
      const answer = await send(one)
      if (isWrong(answer)) wrong.push({ ...one, body: JSON.stringify(one.body)?.slice(0, 400), answer })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return wrong
}

const KINDS = [
  ['reads', (method: string) => method === 'GET'],
  ['changes', (method: string) => method !== 'GET'],
] as const

test.each(KINDS)('%s that the document allows are never refused as invalid', async (_, isOf) => {
  const { operations, components } = await document()
  const sent = operations
    .filter(({ method }) => isOf(method) && method !== 'DELETE')
    .flatMap((one) => fc.sample(requestsOf(one, components, true), { numRuns: RUNS, seed: SEED }))
  expect(sent.length).toBeGreaterThan(100)
  const isWrong = ({ status, message }: { status: number; message: string }) =>
    status >= 500 || (message.startsWith('Invalid request') && !UNSAYABLE.test(message))
  expect(await wrongOf(sent, isWrong)).toEqual([])
})

test.each(KINDS)('%s that nobody should send are refused, and never a fault', async (_, isOf) => {
  const { operations, components } = await document()
  const sent = operations
    .filter(({ method }) => isOf(method))
    .flatMap((one) => fc.sample(requestsOf(one, components, false), { numRuns: RUNS, seed: SEED }))
  expect(await wrongOf(sent, ({ status }) => status >= 500)).toEqual([])
})
