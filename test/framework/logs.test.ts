/** What a change says in the logs, and that its lines can be found by request and workflow. */
import { pino } from 'pino'
import { createWorld } from '../support/index.ts'

test('every line about a change, also the SDK’s, has the ids of its request and workflow', async () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const world = await createWorld({ log })
  const headers = { 'x-request-id': 'my-request-1' }
  await world.request('POST', '/admin/brands', { name: 'Logged' }, headers)
  const refused = await world.request('POST', '/admin/brands', { name: 'Logged' }, headers)
  await world.stop()

  expect(refused.headers.get('x-request-id')).toBe('my-request-1')
  const workflowId = refused.headers.get('x-workflow-id')
  const about = lines.filter((line) => line.workflowId === workflowId)
  expect(about.find(({ msg }) => msg === 'request')).toMatchObject({ requestId: 'my-request-1', status: 400 })
  expect(about.find(({ msg }) => msg === 'Activity failed')).toMatchObject({
    requestId: 'my-request-1',
    stepKey: 'createBrands#0',
  })
  expect(about.find(({ msg }) => msg === 'Workflow started')).toMatchObject({ requestId: 'my-request-1' })
})
