import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../framework/config.ts'
import { createSecrets } from '../../framework/secrets.ts'

const home = mkdtempSync(join(tmpdir(), 'turri-'))
afterAll(() => rmSync(home, { recursive: true }))

const configOf = (env: Record<string, string>) => loadConfig({ TURRI_HOME: home, ...env }, home)

test('the API may listen anywhere', () => {
  expect(configOf({}).host).toBe('127.0.0.1')
  expect(configOf({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
})

test('origins are separated by commas, and may be regular expressions', () => {
  const { cors } = configOf({ TURRI_STORE_CORS: 'https://shop.example/, /^https:\\/\\/.*\\.shop\\.example$/' })
  expect(cors.store).toEqual(['https://shop.example', /^https:\/\/.*\.shop\.example$/])
  expect(cors.auth).toEqual(cors.admin)
  expect(configOf({ TURRI_AUTH_CORS: 'https://a.example' }).cors.auth).toEqual(['https://a.example'])
  expect(() => configOf({ TURRI_ADMIN_CORS: '/(/' })).toThrow(/TURRI_ADMIN_CORS is wrong/)
})

describe('what is derived from the secret', () => {
  const [secrets, others] = [createSecrets('a secret of 16 or more'), createSecrets('another secret, as long')]

  test('is another for each purpose and each secret, and the same every time', () => {
    const keys = [secrets.key('jwt'), secrets.key('session'), others.key('jwt')].map((key) =>
      Buffer.from(key).toString('hex'),
    )
    expect(new Set(keys).size).toBe(3)
    expect(createSecrets('a secret of 16 or more').key('jwt')).toEqual(secrets.key('jwt'))
    expect(secrets.tokenFor('sk', 'apk_1')).toMatch(/^sk_[0-9a-f]{64}$/)
    expect(secrets.tokenFor('pk', 'apk_1').slice(3)).not.toBe(secrets.tokenFor('sk', 'apk_1').slice(3))
  })

  test('opens what it has sealed, and nothing else', () => {
    const sealed = secrets.seal('a hash')
    expect(sealed).not.toBe(secrets.seal('a hash'))
    expect(secrets.open(sealed)).toBe('a hash')
    expect(() => others.open(sealed)).toThrow()
    expect(() => secrets.open(`${sealed.slice(0, -2)}AA`)).toThrow()
  })
})
