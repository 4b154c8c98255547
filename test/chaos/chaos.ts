/**
 * Syncs under fire: worker, API, Temporal and Postgres are killed with -9 at random moments, the CMS misbehaves now and then,
 * and after every kill the books are audited.
 */
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, WorkflowFailedError } from '@temporalio/client'
import pg from 'pg'
import { type Child, startChild } from '../../cli/child.ts'
import { loadProject, openClient } from '../../cli/context.ts'
import { addUser, firstLogin, logIn } from '../../cli/first-admin.ts'
import { loadConfig } from '../../framework/config.ts'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { migrate } from '../../framework/migrate.ts'
import { isRefusal } from '../../framework/problem.ts'
import { type Stack, startStack } from '../../framework/stack/index.ts'
import { forgetWorkflows } from '../../framework/stack/temporal.ts'
import { builtRoot, builtTurri } from '../support/built.ts'
import { type FakeCms, startFakeCms, type Trouble } from '../support/fake-cms.ts'

export type Victim = 'worker' | 'server' | 'temporal' | 'postgres'
export const VICTIMS: Victim[] = ['worker', 'server', 'temporal', 'postgres']

export interface Round {
  victim: Victim
  trouble: string
  outcome: 'all added' | 'as before' | 'never begun'
  /** From everything being up again until the sync was done or taken back. */
  settledAfterMs: number
}

const PAGES = 3
const PAGE = 200
const SYNC = 'sync-brands-to-cms/all'
const WITHIN_MS = 1500

export interface Arena {
  stack: Stack
  cms: FakeCms
  client: Client
  url: () => string
  /** What a request brings to be let in. */
  headers: { authorization: string }
  kill: (victim: Victim) => Promise<void>
  /** Resolves when all four answer. */
  up: () => Promise<void>
  sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  stop: () => Promise<void>
}

/** Everything up, each in a process of its own. @param project the folder of the project, from the root. */
export async function openArena(folder: string, project = '.'): Promise<Arena> {
  const home = resolve(folder)
  const env = { ...process.env, TURRI_HOME: home, DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined }
  const config = loadConfig(env)
  Object.assign(config.temporal.server, { port: 0, uiPort: 0 })
  process.env.TURRI_POSTGRES_PORT = '0'
  forgetWorkflows(config.home)
  const log = createLogger({ level: 'error' })
  const stack = await startStack({ config, log, report: (line) => console.error(line) })
  const cms = await startFakeCms()
  const db = openDatabase({ url: stack.databaseUrl, max: 2, log })
  await migrate(db, (await loadProject(resolve(project))).modules)
  await db.destroy()
  const childEnv = { TURRI_HOME: home, ...stack.env, CMS_URL: cms.url, CMS_TOKEN: cms.token, LOG_LEVEL: 'silent' }
  const cwd = join(builtRoot, project)
  const worker = keepAlive(() => startChild(['worker'], childEnv, builtTurri, cwd))
  const server = keepAlive(() => startChild(['server'], { ...childEnv, PORT: '0' }, builtTurri, cwd))
  await Promise.all([worker.up(), server.up()])
  config.temporal.connect.address = stack.temporalAddress
  const { client, close } = await openClient({ config, log })
  const login = { ...firstLogin(), email: `chaos-${Date.now()}@turritopsis.test` }
  await addUser({ client, config }, login)
  const headers = { authorization: `Bearer ${await logIn(server.url(), login)}` }
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 })
  pool.on('error', () => {})
  const pidOf = { worker: worker.pid, server: server.pid, temporal: stack.temporal!.pid, postgres: stack.postgres!.pid }
  const url = () => server.url()
  return {
    stack,
    cms,
    client,
    url,
    headers,
    kill: async (victim) => {
      const pid = pidOf[victim]()
      if (pid) process.kill(pid, 'SIGKILL')
    },
    up: async () => {
      await sleep(50) // a process that has just been killed may answer for a moment
      await Promise.all([worker.up(), server.up()])
      await patiently(() => client.workflowService.getSystemInfo({}))
      await patiently(() => pool.query('select 1'))
      await patiently(async () => {
        if ((await fetch(`${url()}/ready`)).status !== 200) throw new Error('not ready')
      })
    },
    sql: async (text, values) => (await patiently(() => pool.query(text, values))).rows,
    stop: async () => {
      await Promise.all([worker.stop(), server.stop()])
      await Promise.all([close(), pool.end(), cms.stop()])
      await stack.stop()
    },
  }
}

/** A process that is started again whenever it ends. */
export function keepAlive(start: () => Promise<Child>) {
  let stopping = false
  let child: Child | undefined
  let starting: Promise<void> = begin()
  async function begin(): Promise<void> {
    while (!stopping) {
      try {
        child = await start()
        child.process.once('exit', () => {
          child = undefined
          if (!stopping) starting = begin()
        })
        return
      } catch {
        await sleep(200) // what it needs is not up yet
      }
    }
  }
  return {
    pid: () => child?.pid,
    url: () => child?.url ?? 'http://127.0.0.1:1',
    up: async () => {
      while (!child) await Promise.all([starting, sleep(20)])
    },
    stop: async () => {
      stopping = true
      await starting
      await child?.stop()
    },
  }
}

/** One sync, one kill somewhere in it, one audit. @throws when the books do not agree. */
export async function playRound(arena: Arena, victim: Victim, random: () => number): Promise<Round> {
  const { cms } = arena
  const brands = await addBrands(arena, PAGES * PAGE)
  const before = [...cms.items.keys()].sort()
  const [name, troubles] = troublesOf(random)
  cms.meet(...troubles)
  cms.slowDown(Math.floor(random() * 150))
  const runBefore = await latestRun(arena)
  const asked = fetch(`${arena.url()}/admin/brands/sync`, { method: 'POST', headers: arena.headers }).catch(
    () => undefined,
  )
  await sleep(random() * WITHIN_MS)
  await arena.kill(victim)
  await arena.up()
  const upAt = performance.now()
  const outcome = await settled(arena, runBefore)
  const settledAfterMs = Math.round(performance.now() - upAt)
  await asked
  await cms.quiet()
  audit(cms, before, outcome, brands)
  cms.troubles.length = 0
  cms.slowDown(0)
  await clear(arena, brands)
  return { victim, trouble: name, outcome, settledAfterMs }
}

function troublesOf(random: () => number): [string, Trouble[]] {
  const before = Array.from({ length: Math.floor(random() * PAGES) }, (): Trouble => 'none')
  const kinds: [string, Trouble[]][] = [
    ['none', []],
    ['none', []],
    ['refuses', [{ refuse: 'full' }]],
    ['drops after storing', ['drop after storing']],
    ['drops after storing, then refuses', ['drop after storing', { refuse: 'full' }]],
    ['503', [{ status: 503 }]],
  ]
  const [name, troubles] = kinds[Math.floor(random() * kinds.length)]!
  return [name, [...before, ...troubles]]
}

/** Written by SQL: this is about the sync. */
async function addBrands(arena: Arena, count: number): Promise<string[]> {
  const rows = await arena.sql(
    `insert into brand.brand (id, name, handle)
     select 'brand_' || replace(gen_random_uuid()::text, '-', ''), 'Brand ' || n, gen_random_uuid()::text
     from generate_series(1, $1) n returning id`,
    [count],
  )
  return rows.map(({ id }) => id as string)
}

async function clear(arena: Arena, brands: string[]): Promise<void> {
  await arena.sql('delete from brand.brand where id = any($1)', [brands])
  for (const id of brands) arena.cms.items.delete(id)
}

async function latestRun({ client }: Arena): Promise<string | undefined> {
  return patiently(async () => {
    try {
      return (await client.workflow.getHandle(SYNC).describe()).runId
    } catch (error) {
      if ((error as Error).name === 'WorkflowNotFoundError') return undefined
      throw error
    }
  })
}

async function settled(arena: Arena, runBefore: string | undefined): Promise<Round['outcome']> {
  const run = await latestRun(arena)
  if (!run || run === runBefore) return 'never begun'
  return patiently(async () => {
    try {
      const answer = await arena.client.workflow.getHandle(SYNC, run).result()
      return isRefusal(answer) ? 'as before' : 'all added'
    } catch (error) {
      if (error instanceof WorkflowFailedError) return 'as before'
      throw error
    }
  })
}

function audit(cms: FakeCms, before: string[], outcome: Round['outcome'], brands: string[]): void {
  const after = [...cms.items.keys()].sort()
  const wanted = outcome === 'all added' ? [...before, ...brands].sort() : before
  const missing = wanted.filter((id) => !cms.items.has(id)).length
  const extra = after.length - (wanted.length - missing)
  if (missing > 0 || extra > 0)
    throw new Error(`The sync says '${outcome}', but ${missing} pages are missing and ${extra} too many`)
}

const BETWEEN_KILLS_MS = 1500

/** Kills one thing after the other, each when all is up again, until it is over. @returns how many. */
export async function killAlong(arena: Arena, isOver: () => boolean, random: () => number): Promise<number> {
  for (let kills = 0; ; kills++) {
    await sleep(BETWEEN_KILLS_MS * (0.5 + random()))
    if (isOver()) return kills
    await arena.kill(VICTIMS[Math.floor(random() * VICTIMS.length)]!)
    await arena.up()
  }
}

/** Repeats what fails because something was killed. */
export async function patiently<T>(work: () => Promise<T>, timeoutMs = 150_000): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}

/** The same moments for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
