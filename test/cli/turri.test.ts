/** The command line as a person meets it: real processes, real Ctrl-C. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { logIn } from '../../cli/first-admin.ts'
import { homeOf } from '../../framework/stack/postgres.ts'
import { isAlive } from '../../framework/stack/process.ts'
import { builtRoot, builtTurri } from '../support/built.ts'
import { startFakeCms } from '../support/fake-cms.ts'
import { ended, eventually, startProcess } from '../support/processes.ts'

const home = resolve('.turri/test-cli')
const {
  DATABASE_URL: _,
  TEMPORAL_ADDRESS: __,
  FORCE_COLOR: ___,
  TURRI_ENCRYPTION_KEY: ____,
  ...inherited
} = process.env
const env = {
  ...inherited,
  NO_COLOR: '1',
  TURRI_HOME: home,
  TURRI_POSTGRES_PORT: '0',
  PORT: '0',
  NODE_OPTIONS: '',
  LOG_LEVEL: 'warn',
}

let dev: ChildProcess | undefined
const devs: ChildProcess[] = []
beforeAll(() => rmSync(home, { recursive: true, force: true }))
afterAll(async () => {
  for (const child of devs) child.kill('SIGINT')
  await Promise.all(devs.map(ended))
})

/** Runs a command to its end. */
async function turri(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return turriWith({}, ...args)
}

async function turriWith(more: Record<string, string>, ...args: string[]) {
  try {
    const options = { cwd: builtRoot, env: { ...env, ...more } }
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [builtTurri, ...args], options)
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

/** Starts `turri dev` and waits until it says that it is ready. @returns what it has said. */
async function startDev(more: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [builtTurri, 'dev', '--no-watch'], { cwd: builtRoot, env: { ...env, ...more } })
  dev = child
  devs.push(child)
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      if (said.includes('Ctrl-C stops everything')) resolve(said)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(said)))
  })
}

/** What `turri dev` said about who can log in, where it made somebody. */
function loginIn(said: string): { email: string; password: string } | undefined {
  const [, email, password] = /Log in as +(\S+)\s+Password +(\S+)/.exec(said) ?? []
  return email && password ? { email, password } : undefined
}

/** The pids of Postgres and Temporal as they are noted. */
function stackPids(of = home): number[] {
  const files = [join(homeOf(of), 'postgres.pid'), join(of, 'temporal.pid')].filter((path) => existsSync(path))
  return files.map((path) => Number(readFileSync(path, 'utf8')))
}

describe('dev', () => {
  let url: string
  let admin: { email: string; password: string }
  let pids: number[]
  beforeAll(async () => {
    const said = await startDev()
    url = /API +(http:\S+)/.exec(said)![1]!
    admin = loginIn(said) ?? { email: said, password: '' }
    pids = stackPids()
  })

  test('starts everything, with a first user', async () => {
    expect(await (await fetch(`${url}/health`)).text()).toBe('OK')
    expect(pids.map(isAlive)).toEqual([true, true])
    expect(admin.email).toBe('admin@turritopsis.test')
    const headers = { authorization: `Bearer ${await logIn(url, admin)}` }
    expect((await fetch(`${url}/admin/users/me`)).status).toBe(401)
    expect(await (await fetch(`${url}/admin/users/me`, { headers })).json()).toMatchObject({
      user: { email: admin.email },
    })
  })

  test('workflows are started, listed and shown', async () => {
    const name = `By hand ${Date.now()}`
    const input = JSON.stringify({ brands: [{ name }] })
    const started = await turri('workflow', 'start', 'create-brands', '--input', input)
    expect(started).toMatchObject({ code: 0 })
    expect(JSON.parse(started.out)).toMatchObject([{ name, handle: name.toLowerCase().replaceAll(' ', '-') }])
    const refused = await turri('workflow', 'start', 'createBrands', '--input', input)
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^turri: Brand with handle: by-hand-.*, already exists/),
    })

    const list = ['workflow', 'list', '--state', 'done', '--json', '--workflow', 'create-brands']
    const listed = JSON.parse((await turri(...list)).out)
    expect(listed).toMatchObject([{ workflow_id: 'create-brands', state: 'done' }])
    const shown = await turri('workflow', 'show', `create-brands/${listed[0].transaction_id}`)
    expect(shown.out).toMatch(/createBrands#0 +done +1/)
  })

  test('schedules are listed, shown, paused, resumed and triggered', async () => {
    const schedules = JSON.parse((await turri('schedule', 'list', '--json')).out)
    const nightly = 'nightly-sync-brands-to-cms'
    expect(schedules).toMatchObject([
      { id: nightly, workflow: nightly, cron: '0 3 * * *', last_run_at: null },
      { id: 'turri-prune', workflow: 'prune' },
      { id: 'turri-sweep', workflow: 'sweep' },
    ])
    expect((await turri('schedule', 'pause', nightly, '--note', 'by hand')).out).toMatch(/is paused/)
    expect((await turri('schedule', 'show', nightly)).out).toMatch(/paused +by hand\n +next +never/)
    expect((await turri('schedule', 'resume', nightly)).out).toMatch(/starts again, next at \d{4}-/)
    const run = JSON.parse((await turri('schedule', 'trigger', nightly, '--json')).out)
    expect(run.workflow_id).toMatch(new RegExp(`^${nightly}-`))
    expect((await turri('schedule', 'show', nightly)).out).toContain(run.workflow_id)
    expect(await turri('schedule', 'pause', 'none')).toMatchObject({
      code: 1,
      err: 'turri: Schedule with id: none was not found. See `turri schedule list`.\n',
    })
  })

  test('users are created and listed', async () => {
    const person = ['--email', 'Ada@example.com', '--first-name', 'Ada']
    expect(await turriWith({}, 'user', 'create', ...person, '--password', 'short')).toMatchObject({
      code: 1,
      err: 'turri: A password has 8 characters or more\n',
    })
    const made = await turri('user', 'create', ...person, '--password', 'a password of Ada')
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^user_\w+ ada@example.com can log in\.\n$/) })
    expect(await turri('user', 'create', ...person, '--password', 'another password')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/User with email: ada@example.com, already exists/),
    })
    await logIn(url, { email: 'ada@example.com', password: 'a password of Ada' })
    const piped = promisify(execFile)(process.execPath, [builtTurri, 'user', 'create', '-e', 'bob@example.com'], {
      cwd: builtRoot,
      env,
    })
    piped.child.stdin!.end('a password of Bob\n')
    await piped
    await logIn(url, { email: 'bob@example.com', password: 'a password of Bob' })
    const users = JSON.parse((await turri('user', 'list', '--json')).out)
    expect(users.map(({ email }: { email: string }) => email)).toEqual([
      admin.email,
      'ada@example.com',
      'bob@example.com',
    ])
  })

  test('the database and the stack are inspected', async () => {
    expect(await turri('db', 'status')).toMatchObject({ code: 0, out: expect.stringMatching(/turri +0001-receipts/) })
    const doctor = await turri('doctor')
    expect(doctor).toMatchObject({ code: 0, out: expect.stringMatching(/✓ postgres: answers, version 18/) })
    expect(doctor.out).toMatch(/✓ temporal: answers at/)
  })

  test('a second one is refused', async () => {
    const second = await turri('dev')
    expect(second).toMatchObject({ code: 1, err: expect.stringMatching(/A stack runs here already \(process \d+/) })
  })

  test('Ctrl-C leaves nothing running', async () => {
    dev!.kill('SIGINT')
    await ended(dev!)
    expect(dev!.exitCode).toBe(0)
    expect(pids.map(isAlive)).toEqual([false, false])
  })
})

test('with a key, commands and Temporal’s web UI show clear text; without it, they name the missing key', async () => {
  const { out } = await turri('key', 'new')
  expect(out).toMatch(/^\d{4}-\d\d-\d\d-[0-9a-f]{6}:[A-Za-z0-9+/]{43}=\n$/)
  const keys = { TURRI_ENCRYPTION_KEY: out.trim() }
  const said = await startDev(keys)
  const url = /API +(http:\S+)/.exec(said)![1]!
  const ui = /Temporal +(http:\S+)/.exec(said)![1]!
  const settings = await (await fetch(`${ui}/api/v1/settings`)).json()
  expect(settings).toMatchObject({ Codec: { Endpoint: `${url}/codec` } })
  const asked = await fetch(`${url}/codec/decode`, { method: 'OPTIONS', headers: { origin: ui } })
  expect(asked.headers.get('access-control-allow-origin')).toBe(ui)

  const input = JSON.stringify({ brands: [{ name: `Secret ${Date.now()}` }] })
  expect(await turriWith(keys, 'workflow', 'start', 'create-brands', '--input', input)).toMatchObject({ code: 0 })
  const [{ id }] = JSON.parse((await turriWith(keys, 'workflow', 'list', '--state', 'done', '--json', '-n', '1')).out)
  expect((await turriWith(keys, 'workflow', 'show', id)).out).toMatch(/input +\{"brands":\[\{"name":"Secret/)
  expect(await turri('workflow', 'show', id)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/under the key '\S+', but TURRI_ENCRYPTION_KEY is not set/),
  })
  dev!.kill('SIGINT')
  await ended(dev!)
})

test('in production nothing starts without a key', async () => {
  const production = { NODE_ENV: 'production', TURRI_SECRET: 'a-secret-of-production', TURRI_ENCRYPTION_KEY: '' }
  for (const args of [['start'], ['server'], ['worker'], ['workflow', 'start', 'create-brands']]) {
    expect(await turriWith(production, ...args)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^turri: Set TURRI_ENCRYPTION_KEY: .*`turri key new` makes one\.\n$/),
    })
  }
  expect(await turriWith(production, 'key', 'new')).toMatchObject({ code: 0, err: '' })
})

test('leftovers of a killed dev do not block the next one', async () => {
  await startDev()
  dev!.kill('SIGKILL')
  await ended(dev!)
  const orphans = stackPids()
  expect(orphans.map(isAlive)).toEqual([true, true])
  expect(loginIn(await startDev())).toBeUndefined() // there are users
  expect(orphans.map(isAlive)).toEqual([false, false])
  const pids = stackPids()
  dev!.kill('SIGINT')
  await ended(dev!)
  expect(pids.map(isAlive)).toEqual([false, false])
})

test('a folder that was deleted meanwhile is treated as new, even though the data of root are elsewhere', async () => {
  const closed = `${home}-closed`
  const makeAnew = () => {
    rmSync(closed, { recursive: true, force: true })
    mkdirSync(closed, { mode: 0o700 })
  }
  makeAnew()
  await startDev({ TURRI_HOME: closed })
  dev!.kill('SIGKILL')
  await ended(dev!)
  const orphans = stackPids(closed)
  makeAnew()
  expect(loginIn(await startDev({ TURRI_HOME: closed }))).toBeDefined() // a fresh shop: it has no users yet
  dev!.kill('SIGINT')
  await ended(dev!)
  for (const orphan of orphans.filter(isAlive)) process.kill(orphan, 'SIGKILL') // nobody can know of Temporal any more
  rmSync(homeOf(closed), { recursive: true })
})

test('Ctrl-C during the start leaves nothing running', async () => {
  const starting = startDev()
  starting.catch(() => {})
  await eventually(async () => stackPids().length === 2, 'Postgres and Temporal were started')
  const pids = stackPids()
  dev!.kill('SIGINT')
  await ended(dev!)
  expect(pids.map(isAlive)).toEqual([false, false])
  expect(stackPids()).toEqual([])
})

test('a process that is stopped finishes pending requests', async () => {
  await startDev()
  const env = JSON.parse(readFileSync(join(home, 'stack.json'), 'utf8')).env as Record<string, string>
  const cms = await startFakeCms()
  const child = await startProcess({ databaseUrl: env.DATABASE_URL! }, 'start', {
    env: { ...env, TURRI_TASK_QUEUE: 'graceful', CMS_URL: cms.url, CMS_TOKEN: cms.token },
  })
  cms.slowDown(1500)
  const token = await logIn(child.url!, { email: 'ada@example.com', password: 'a password of Ada' })
  const headers = { authorization: `Bearer ${token}` }
  const syncing = fetch(`${child.url}/admin/brands/sync`, { method: 'POST', headers })
  await eventually(async () => cms.requests.some((request) => request.startsWith('POST')), 'the CMS was asked')
  child.kill('SIGTERM')
  expect((await syncing).status).toBe(200)
  expect(await ended(child)).toBeNull()
  expect(child.exitCode).toBe(0)
  await cms.stop()
  dev!.kill('SIGINT')
  await ended(dev!)
})

test('a requested port that is in use fails the start with a hint', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await expect(startDev({ TURRI_POSTGRES_PORT: String(port) })).rejects.toThrow(
    `turri: Port ${port}, asked for Postgres, is in use. Stop what listens there, or ask for another.`,
  )
  server.close()
  expect(stackPids().filter(isAlive)).toEqual([])
})

test('without a running shop, commands print a hint', async () => {
  expect(await turri('workflow', 'list')).toMatchObject({ code: 1, err: expect.stringMatching(/start `turri dev`/) })
  expect(await turri('start')).toMatchObject({ code: 1, err: expect.stringMatching(/Set DATABASE_URL/) })
  expect(await turri('workflow', 'start', 'nonsense')).toMatchObject({ code: 1 })
  expect(await turri('nonsense')).toMatchObject({ code: 1, err: expect.stringMatching(/unknown command 'nonsense'/) })
  expect(await turri('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/doctor/) })
})
