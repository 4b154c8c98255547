import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTemporalSettings } from '../../framework/temporal/yaml.ts'

const folder = mkdtempSync(join(tmpdir(), 'turri-yaml-'))
const load = (text: string, env: NodeJS.ProcessEnv = {}) => {
  const path = join(folder, 'temporal.yaml')
  writeFileSync(path, text)
  return loadTemporalSettings(path, env)
}

test.each([
  ['a key that is not known', 'worker:\n  taskQueue: shop\n  taskQueu: shop\n', '3: worker.taskQueu: there is no key'],
  ['a section that is not known', 'worker: {}\nservers: {}\n', "2: servers: there is no key 'servers' here"],
  ['a value of the wrong type', 'server:\n  port: many\n', '2: server.port: Invalid input: expected number'],
  ['a duration that is none', 'server:\n\n  retention: 3 weeks\n', '3: server.retention: must be a duration such as'],
  [
    'a key of a profile that is not known',
    'profile:\n  default:\n    adress: x\n',
    "3: profile.default.adress: there is no key 'adress' here",
  ],
  ['no YAML at all', 'worker: [\n', '2: '],
])('%s names its line', (_, text, message) => {
  expect(() => load(text)).toThrow(`${join(folder, 'temporal.yaml')}:${message}`)
})

test('profiles, TLS and API keys behave as Temporal documents them, and TEMPORAL_* variables win', () => {
  const text =
    'profile:\n  default:\n    address: here:7233\n  prod:\n    address: there:7233\n    namespace: shop\n    api_key: k\n'
  expect(load(text).connect).toMatchObject({ address: 'here:7233', namespace: 'default' })
  expect(load(text, { TEMPORAL_PROFILE: 'prod' }).connect).toMatchObject({
    address: 'there:7233',
    namespace: 'shop',
    options: { apiKey: 'k', tls: true },
  })
  expect(load(text, { TEMPORAL_ADDRESS: 'elsewhere:1', TEMPORAL_NAMESPACE: 'other' }).connect).toMatchObject({
    address: 'elsewhere:1',
    namespace: 'other',
  })
})

test('without a file its defaults hold, and no address', () => {
  const { connect, worker, server } = loadTemporalSettings(join(folder, 'none.yaml'), {})
  expect(connect.address).toBeUndefined()
  expect(worker.taskQueue).toBe('turritopsis')
  expect(server.retentionDays).toBe(7)
})

test('the file of this repository is right', () => {
  const { server } = loadTemporalSettings('temporal.yaml', {})
  expect(server.dynamicConfig['history.transferProcessorMaxPollRPS']).toBe(1000)
})
