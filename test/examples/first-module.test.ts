import project from '../../examples/first-module/turri.config.ts'
import { createNotes } from '../../examples/first-module/workflows/create-notes.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: () => project })
})
afterAll(() => world.stop())

test('a module, a workflow and a route in three short files work beside the core', async () => {
  const created = await world.request('POST', '/admin/notes', { title: 'Buy milk' })
  expect(created).toMatchObject({ status: 200, body: { note: { title: 'Buy milk', body: null } } })
  expect(created.headers.get('x-workflow-id')).toMatch(/^create-notes\//)
  expect(await world.request('GET', '/admin/notes?q=milk')).toMatchObject({ status: 200, body: { count: 1 } })
  expect(await world.request('POST', '/admin/notes', {})).toMatchObject({
    status: 400,
    body: { message: "Invalid request: Field 'title' is required" },
  })
  expect((await world.request('POST', '/admin/brands', { name: 'Beside' })).status).toBe(200)
  expect(await world.run(createNotes, { notes: [{ title: 'one' }, { title: 'two' }] })).toHaveLength(2)
})

test('its subscriber receives events of the core once', async () => {
  const { body } = await world.request('POST', '/admin/brands', { name: 'Heard' })
  const found = async () => (await world.request('GET', '/admin/notes?q=Heard')).body.notes
  await eventually(async () => (await found()).length > 0, 'the note is there')
  expect(await found()).toMatchObject([{ title: 'A new brand: Heard', body: body.brand.id }])
})

test('its hook extends a workflow of the core', async () => {
  const options = [{ title: 'Size', values: ['S'] }]
  const product = { title: 'Shirt', options, additional_data: { note: 'Ask for samples' } }
  const { body } = await world.request('POST', '/admin/products', product)
  const { body: found } = await world.request('GET', '/admin/notes?q=samples')
  expect(found.notes).toMatchObject([{ title: 'Ask for samples', body: body.product.id }])
})

test('its routes are in the OpenAPI document', async () => {
  const { body } = await world.request('GET', '/openapi.json')
  expect(Object.keys(body.paths['/admin/notes']).sort()).toEqual(['get', 'post'])
  expect(body.components.schemas.Note.properties.title).toEqual({ type: 'string' })
})
