/** What is heard of the changes of products (`events.tsv`, `workflows.tsv`): each thing once. */
import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

/** What a change emitted, sorted. */
async function heard(method: string, path: string, body?: unknown) {
  const answer = await world.request(method, `/admin/products${path}`, body)
  expect({ path, status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  const of = [answer.headers.get('x-workflow-id')]
  const events = await world.sql<{ name: string }>('select name from turri.event where workflow_id = $1', of)
  return { events: events.map(({ name }) => name).sort(), body: answer.body }
}

const variant = (title: string) => ({ title, sku: `sku-${title}`, prices: [], options: { Size: title } })
const made = {
  title: 'Shirt',
  options: [{ title: 'Size', values: ['S', 'M', 'L'] }],
  variants: [variant('S'), variant('M')],
}

test('a product is created, updated with its variants and options, and deleted', async () => {
  const { events, body } = await heard('POST', '', made)
  expect(events).toEqual([
    ...['inventory-item.created', 'inventory-item.created', 'product-variant.created', 'product-variant.created'],
    'product.created',
  ])
  const { id, variants } = body.product

  const options = [{ title: 'Size', values: ['S', 'M', 'L', 'XL'] }]
  expect((await heard('POST', `/${id}`, { title: 'Shirts', options })).events).toEqual(['product.updated'])

  const added = await heard('POST', `/${id}/variants`, variant('L'))
  expect(added.events).toEqual(['inventory-item.created', 'product-variant.created'])
  const changed = await heard('POST', `/${id}/variants/${variants[0].id}`, { title: 'Small' })
  expect(changed.events).toEqual(['product-variant.updated'])
  const removed = await heard('DELETE', `/${id}/variants/${variants[0].id}`)
  expect(removed.events).toEqual(['inventory-item.deleted', 'product-variant.deleted'])

  expect((await heard('DELETE', `/${id}`)).events).toEqual([
    ...['inventory-item.deleted', 'inventory-item.deleted', 'product-option.deleted', 'product.deleted'],
  ])
})

test('events are published for options that are created and deleted with a product, and one for the product', async () => {
  const { body } = await heard('POST', '', { ...made, handle: 'once', variants: [] })
  const { events } = await heard('POST', `/${body.product.id}`, { options: [{ title: 'Cut', values: ['wide'] }] })
  expect(events).toEqual(['product-option.created', 'product-option.deleted', 'product.updated'])
})
