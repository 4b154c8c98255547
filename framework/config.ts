/** Configuration from the environment, read once at start. */
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { createSecrets, type Secrets } from './secrets.ts'
import { type EncryptionKey, parseKeys } from './temporal/keys.ts'
import { loadTemporalSettings, type TemporalSettings } from './temporal/yaml.ts'

/** Parses keys; an invalid key is an issue of the schema. */
function encryptionKeys(text: string, context: z.RefinementCtx): EncryptionKey[] {
  try {
    return parseKeys(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
}

/** Parses origins separated by commas; one between slashes is a regular expression. */
function origins(text: string, context: z.RefinementCtx): Origin[] {
  const entries = text.split(',').map((entry) => entry.trim())
  return entries.filter(Boolean).map((entry) => {
    const [, source] = /^\/(.+)\/$/.exec(entry) ?? []
    if (source === undefined) return entry.replace(/\/$/, '')
    try {
      return new RegExp(source)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })
}

const STORE_ORIGINS = 'http://localhost:8000'
const ADMIN_ORIGINS = 'http://localhost:7000,http://localhost:7001,http://localhost:5173'

/** Two per core: with more, reads compete for the cores' caches (ten connections on two cores read a quarter less than four). */
const twoPerCore = () => Math.max(4, 2 * availableParallelism())

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z.string().startsWith('postgres', 'must be a postgres:// address').optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TURRI_ADMIN_CORS: z.string().default(ADMIN_ORIGINS).transform(origins),
  TURRI_AUTH_CORS: z.string().transform(origins).optional(),
  TURRI_STORE_CORS: z.string().default(STORE_ORIGINS).transform(origins),
  TURRI_CODEC_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  TURRI_ENCRYPTION_KEY: z.string().default('').transform(encryptionKeys),
  TURRI_HOME: z.string().default('.turri'),
  TURRI_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  TURRI_TEMPORAL_UI: z.url({ protocol: /^https?$/ }).optional(),
  TURRI_TASK_QUEUE: z.string().min(1).optional(),
  TURRI_KEEP_DAYS: z.coerce.number().int().min(8, 'must be 8 or more: Temporal keeps runs for 7 days').default(90),
  TURRI_MAX_CHANGES: z.coerce.number().int().positive().default(64),
  TURRI_READ_CONNECTIONS: z.coerce.number().int().positive().default(twoPerCore),
})

/** An origin such as `https://shop.example`, or a pattern of origins. */
export type Origin = string | RegExp

/** The origins that browsers may send requests from, by the first segment of the path. */
export interface CorsConfig {
  store: Origin[]
  admin: Origin[]
  auth: Origin[]
}

export interface Config {
  production: boolean
  /** Absent if the project starts a Postgres of its own. */
  databaseUrl?: string
  host: string
  /** default: 9000, or any free port */
  port?: number
  logLevel: string
  /** The folder of generated files, which can be deleted. */
  home: string
  /** The number of concurrent changes above which requests are answered with 503. */
  maxChanges: number
  /** The number of connections to Postgres that an API process reads with. */
  readConnections: number
  /** How long receipts, journal entries and events are kept. */
  keepDays: number
  temporal: TemporalSettings
  /** The first key encrypts payloads, all decrypt them; empty if nothing is encrypted. */
  keys: EncryptionKey[]
  /** The token of the codec endpoint. Without it the endpoint exists only on loopback and outside production. */
  codecToken?: string
  cors: CorsConfig
  /** The address of Temporal's user interface. */
  temporalUiUrl?: string
  /** A keyed digest, for request keys and bodies. */
  digest: (text: string) => string
  secrets: Secrets
}

/** @throws an Error that names the wrong variable, or the wrong line of `temporal.yaml`. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, directory = process.cwd()): Config {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new Error(`The environment variable ${issue.path[0]?.toString()} is wrong: ${issue.message}`)
  }
  const values = parsed.data
  const home = resolve(directory, values.TURRI_HOME)
  const production = values.NODE_ENV === 'production'
  if (production && !values.TURRI_SECRET) {
    throw new Error(
      'Set TURRI_SECRET to a secret of your own: in production logins are signed, and request keys digested, with it.',
    )
  }
  if (production && values.TURRI_ENCRYPTION_KEY.length === 0) {
    throw new Error(
      'Set TURRI_ENCRYPTION_KEY: in production what Temporal stores is encrypted. `turri key new` makes one.',
    )
  }
  const secret = values.TURRI_SECRET ?? secretIn(home)
  const temporal = loadTemporalSettings(join(directory, 'temporal.yaml'), env)
  if (values.TURRI_TASK_QUEUE) temporal.worker.taskQueue = values.TURRI_TASK_QUEUE
  return {
    production,
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    host: values.HOST,
    ...(values.PORT !== undefined && { port: values.PORT }),
    logLevel: values.LOG_LEVEL,
    home,
    maxChanges: values.TURRI_MAX_CHANGES,
    readConnections: values.TURRI_READ_CONNECTIONS,
    keepDays: values.TURRI_KEEP_DAYS,
    temporal,
    keys: values.TURRI_ENCRYPTION_KEY,
    cors: {
      store: values.TURRI_STORE_CORS,
      admin: values.TURRI_ADMIN_CORS,
      auth: values.TURRI_AUTH_CORS ?? values.TURRI_ADMIN_CORS,
    },
    ...(values.TURRI_CODEC_TOKEN && { codecToken: values.TURRI_CODEC_TOKEN }),
    ...(values.TURRI_TEMPORAL_UI && { temporalUiUrl: values.TURRI_TEMPORAL_UI }),
    digest: (text) => createHmac('sha256', secret).update(text).digest('base64url'),
    secrets: createSecrets(secret),
  }
}

/** Whether only this machine can reach a server on this host. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', '::1', 'localhost'].includes(host)
}

function secretIn(home: string): string {
  const file = join(home, 'secret')
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}
