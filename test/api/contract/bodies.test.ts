/** Every body of the tables: what is wrong with it is said in the words of the API, and nothing is changed. */
import { createWorld, type World } from '../../support/index.ts'
import { BODIES } from './bodies.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ worker: false })
})
afterAll(() => world.stop())

interface Field {
  name: string
  type: string
  isRequired: boolean
  isNullable: boolean
}

function fieldsOf(cell: string): Field[] {
  return cell.split(' ').map((field) => {
    const [, name, type, isRequired, isNullable] = /^(\w+):(.+?)(!)?(\?)?$/.exec(field)!
    return { name: name!, type: type!, isRequired: Boolean(isRequired), isNullable: Boolean(isNullable) }
  })
}

/** What a value of another type is called, by the type that is wanted. */
const WANTED: Record<string, string> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  'record<any>': 'object',
  'string[]': 'array',
  'object[]': 'array',
}
/** A value that passes as far as its type goes. */
const VALID: Record<string, unknown> = {
  string: 'abc',
  number: 1,
  boolean: true,
  boolstring: true,
  object: {},
  'record<any>': {},
  'string[]': [],
  'object[]': [],
}
const validOf = ({ type }: Field) => VALID[type] ?? /^enum\((\w+)/.exec(type)?.[1]

const path = (template: string) => template.replace(/\{\w+\}/g, 'none')
const refusedBy = async (at: string, body: unknown) => {
  const { status, body: answer } = await world.request('POST', path(at), body)
  return [status, answer]
}
const invalid = (text: string) => [400, { type: 'invalid_data', message: `Invalid request: ${text}` }]

const all = BODIES.map(({ path, fields }) => ({ at: path!, fields: fieldsOf(fields!) }))
/** What a body needs that the table does not tell. */
const NEEDED: Record<string, object> = {
  '/admin/promotions': { application_method: { type: 'fixed', target_type: 'order', value: 1, allocation: 'across' } },
  '/admin/shipping-options': { type_id: 'sotype_0' },
}
/** A body with all that is required. */
const wholeOf = (at: string, fields: Field[]) => ({
  ...Object.fromEntries(fields.filter(({ isRequired }) => isRequired).map((field) => [field.name, validOf(field)])),
  ...NEEDED[at],
})

test.each(all.map(({ at, fields }) => [at, fields] as const))(
  '%s refuses what it does not know',
  async (at, fields) => {
    expect(await refusedBy(at, { ...wholeOf(at, fields), colour: 'red', size: 1 })).toEqual(
      invalid("Unrecognized fields: 'colour, size'"),
    )
  },
)

const needing = all.filter(({ fields }) => fields.some(({ isRequired }) => isRequired))
test.each(needing.map(({ at, fields }) => [at, fields] as const))('%s reports missing fields', async (at, fields) => {
  const missing = fields.filter(({ isRequired }) => isRequired).map(({ name }) => `Field '${name}' is required`)
  const [status, { message }] = (await refusedBy(at, {})) as [number, { message: string }]
  const said = message.replace('Invalid request: ', '').split('; ')
  expect([status, said.length]).toEqual([400, Math.min(missing.length, 3)])
  for (const one of said) expect(missing).toContain(one)
})

const typed = all.flatMap(({ at, fields }) =>
  fields.flatMap((field) => (WANTED[field.type] ? [[at, field.name, field, fields] as const] : [])),
)
test.each(typed)('%s reports the expected type of %s', async (at, name, field, fields) => {
  const wrong = field.type === 'number' ? 'many' : 7
  const text = `Expected type: '${WANTED[field.type]}' for field '${name}', got: '${wrong}'`
  expect(await refusedBy(at, { ...wholeOf(at, fields), [name]: wrong })).toEqual(invalid(text))
})

const dated = all.flatMap(({ at, fields }) =>
  fields.flatMap((field) => (field.type === 'date' ? [[at, field.name, fields] as const] : [])),
)
test.each(dated)('%s reports that %s is a date', async (at, name, fields) => {
  const text = `Expected type: 'date' for field '${name}', got: 'soon'`
  expect(await refusedBy(at, { ...wholeOf(at, fields), [name]: 'soon' })).toEqual(invalid(text))
})

const chosen = all.flatMap(({ at, fields }) =>
  fields.flatMap((field) => (field.type.startsWith('enum') ? [[at, field.name, field, fields] as const] : [])),
)
test.each(chosen)('%s reports the values of %s', async (at, name, { type }, fields) => {
  const choices = type.slice('enum('.length, -1).replaceAll('/', ', ')
  const text = `Expected: '${choices}' for field '${name}', but got: 'x'`
  expect(await refusedBy(at, { ...wholeOf(at, fields), [name]: 'x' })).toEqual(invalid(text))
})

const full = all.flatMap(({ at, fields }) =>
  fields.flatMap((field) =>
    field.isNullable || !WANTED[field.type] ? [] : [[at, field.name, WANTED[field.type]!, fields] as const],
  ),
)
test.each(full)('%s refuses null for %s', async (at, name, type, fields) => {
  const text = `Expected type: '${type}' for field '${name}', got: 'null'`
  expect(await refusedBy(at, { ...wholeOf(at, fields), [name]: null })).toEqual(invalid(text))
})

test('at most three issues are reported at once', async () => {
  expect(await refusedBy('/admin/campaigns', { description: 1, starts_at: 'soon' })).toEqual(
    invalid(
      "Field 'name' is required; Field 'campaign_identifier' is required; Expected type: 'string' for field 'description', got: '1'",
    ),
  )
})

test('a body that is not an object or not JSON is refused', async () => {
  expect(await refusedBy('/admin/campaigns', [])).toEqual(invalid("Expected type: 'object' for field '', got: '[]'"))
  const [status, { type }] = (await refusedBy('/admin/campaigns', '{"name": ')) as [number, { type: string }]
  expect([status, type]).toEqual([400, 'invalid_data'])
})

test('an unauthenticated caller learns nothing about its body', async () => {
  for (const { at } of all) {
    const { status } = await world.request('POST', path(at), { colour: 'red' }, { authorization: '' })
    expect([at, status]).toEqual([at, 401])
  }
})
