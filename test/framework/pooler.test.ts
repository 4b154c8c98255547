/** Behind a connection pooler nothing goes quietly wrong: it is refused, whatever it does with the settings of a connection. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { isTransient, openDatabase, refusePooler } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { freePort, until } from '../../framework/stack/process.ts'

const url = process.env.DATABASE_URL!
const log = createLogger({ level: 'silent' })

/** What a process that is started with this address hears. */
async function refusal(address: string, readOnly: boolean): Promise<unknown> {
  const db = openDatabase({ url: address, max: 2, readOnly, log, journalKey: 'k' })
  try {
    return await refusePooler(db).then(
      () => 'none',
      (error: unknown) => error,
    )
  } finally {
    await db.destroy()
  }
}

async function expectRefusal(address: string, reason: RegExp): Promise<void> {
  for (const readOnly of [true, false]) {
    const error = await refusal(address, readOnly)
    expect(error).toMatchObject({ message: expect.stringMatching(reason) })
    expect(error).toMatchObject({ message: expect.stringMatching(/pooler.*DATABASE_URL/) })
    expect(isTransient(error)).toBe(false) // no worker tries it again and again
  }
}

test('Postgres itself is not refused, nor one that is away', async () => {
  expect(await refusal(url, true)).toBe('none')
  expect(await refusal('postgres://turri:x@127.0.0.1:1/postgres', true)).toBe('none')
})

describe('a pooler that drops the settings', () => {
  let pooler: Server
  beforeAll(async () => {
    const { hostname, port } = new URL(url)
    pooler = createServer((near) => {
      const far = connect(Number(port), hostname)
      near.once('data', (startup) => {
        far.write(withoutSettings(startup))
        near.pipe(far)
      })
      far.pipe(near)
      for (const socket of [near, far]) socket.on('error', () => {})
    }).listen(0, '127.0.0.1')
    await once(pooler, 'listening')
  })
  afterAll(() => pooler.close())

  test('is refused', async () => {
    const address = new URL(url)
    address.host = `127.0.0.1:${(pooler.address() as AddressInfo).port}`
    await expectRefusal(address.href, /have not arrived/)
  })
})

/** The first message of a connection, with user and database only: length, version, then names and values, each ended by 0. */
function withoutSettings(startup: Buffer): Buffer {
  const words = startup.subarray(8).toString().split('\0')
  const kept = ['user', 'database'].flatMap((name) => [name, words[words.indexOf(name) + 1]!])
  const body = Buffer.from(`${kept.join('\0')}\0\0`)
  const head = Buffer.from(startup.subarray(0, 8))
  head.writeInt32BE(8 + body.length)
  return Buffer.concat([head, body])
}

function hasPgBouncer(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** `apt-get install pgbouncer`: where it is not installed, the pooler above stands for it. */
const modes = hasPgBouncer() ? ['session', 'transaction'] : []

for (const mode of modes)
  describe(`PgBouncer in ${mode} mode`, () => {
    const running: ChildProcess[] = []
    afterAll(() => {
      for (const child of running) child.kill()
    })

    /** @returns its address. */
    async function start(more = ''): Promise<string> {
      const { hostname, port, username, password } = new URL(url)
      const own = await freePort()
      const file = join(mkdtempSync(join(tmpdir(), 'turri-pgbouncer-')), 'pgbouncer.ini')
      const server = `host=${hostname} port=${port} user=${username} password=${password}`
      writeFileSync(
        file,
        `[databases]\n* = ${server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${own}\nunix_socket_dir =\n` +
          `auth_type = any\npool_mode = ${mode}\n${more}\n`,
      )
      chmodSync(join(file, '..'), 0o755)
      const asNobody = userInfo().uid === 0 ? ['-u', 'nobody'] : []
      running.push(spawn('pgbouncer', ['-q', ...asNobody, file], { stdio: 'ignore' }))
      const address = Object.assign(new URL(url), { host: `127.0.0.1:${own}` }).href
      await until(() => answers(address), 'PgBouncer')
      return address
    }

    test('is refused as it comes', async () => {
      await expectRefusal(await start(), /unsupported startup parameter/)
    })

    test('is refused when it ignores the settings', async () => {
      const ignored = 'options,statement_timeout,idle_in_transaction_session_timeout,extra_float_digits'
      await expectRefusal(await start(`ignore_startup_parameters = ${ignored}`), /have not arrived/)
    })
  })

async function answers(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  client.on('error', () => {})
  await client.connect()
  await client.query('select 1')
  await client.end()
}
