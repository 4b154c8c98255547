/** A client of the Admin API whose requests are safe to repeat. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** Sends a request to a path of the shop. */
export type Send = (path: string, init: RequestInit) => Promise<Response>

export type Query = Record<string, string | number | string[]>

const ATTEMPTS = 30
const PAUSE_MS = 1000
/** Still running, or overloaded: repeating the request joins or starts the workflow. */
const RETRYABLE = new Set([202, 429, 502, 503])

export class Admin {
  /** The number of changes that were requested. */
  changes = 0
  readonly #send: Send
  readonly #headers: Record<string, string>
  #scope = ''

  constructor(send: Send, token: string) {
    this.#send = send
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  }

  /** Scopes idempotency keys to this shop, so that a request to another one is not a repetition. */
  within(scope: string): void {
    this.#scope = scope
  }

  async get<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.#ask('GET', path + queryString(query), {})) as T
  }

  /** For changes that are idempotent by themselves. */
  async set(path: string, body: unknown): Promise<void> {
    this.changes++
    await this.#ask('POST', path, { body: JSON.stringify(body), headers: { 'idempotency-key': randomUUID() } })
  }

  /**
   * Creates something with an idempotency key made from the request, so that the request of a killed run is joined. If that request
   * was refused or its rows have been deleted, a new one is sent.
   */
  async create<T>(path: string, body: unknown, find: () => Promise<T | undefined>): Promise<T> {
    const text = JSON.stringify(body)
    const key = createHash('sha256')
      .update(JSON.stringify([this.#scope, path, text]))
      .digest('base64url')
    this.changes++
    const joined = await this.#ask('POST', path, { body: text, headers: { 'idempotency-key': `seed-${key}` } }).catch(
      (error) => (error instanceof Refusal ? undefined : Promise.reject(error)),
    )
    const existing = joined === undefined ? undefined : await find()
    if (existing !== undefined) return existing
    await this.set(path, body)
    const created = await find()
    if (created === undefined) throw new Error(`POST ${path} created nothing that could be found`)
    return created
  }

  async #ask(method: string, path: string, init: { body?: string; headers?: Record<string, string> }) {
    const request = { method, ...init, headers: { ...this.#headers, ...init.headers } }
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === ATTEMPTS
      const response = await this.#send(path, request).catch((error: Error) => {
        if (!(error instanceof TypeError)) throw error // fetch throws a TypeError if the server does not answer
        if (isLast) throw new Error('The server no longer answers. Run the command again to continue.')
        return undefined
      })
      if (response && (isLast || !RETRYABLE.has(response.status))) return answerOf(method, path, response)
      await sleep(PAUSE_MS)
    }
  }
}

/** A request that the API refused. */
class Refusal extends Error {}

async function answerOf(method: string, path: string, response: Response): Promise<unknown> {
  const text = await response.text()
  if (response.status === 200) return JSON.parse(text)
  const at = `${method} ${path.split('?')[0]}: HTTP ${response.status}`
  const Kind = response.status < 500 && response.status !== 401 ? Refusal : Error
  throw new Kind(`${at} ${messageIn(text)}`)
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text
  } catch {
    return text.slice(0, 200)
  }
}

function queryString(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => [`${name}[]`, one]) : [[name, String(value)]],
  )
  return pairs.length > 0 ? `?${new URLSearchParams(pairs as [string, string][])}` : ''
}

/** The first row of a list that matches. */
export async function find<T>(
  admin: Admin,
  [path, many]: readonly [path: string, many: string],
  query: Query,
  matches: (row: T) => boolean = () => true,
): Promise<T | undefined> {
  const page = await admin.get<Record<string, T[]>>(path, { limit: 1000, ...query })
  return page[many]!.find(matches)
}

/** Finds something, or creates it. */
export async function ensure<T>(
  admin: Admin,
  found: () => Promise<T | undefined>,
  path: string,
  body: () => unknown,
): Promise<T> {
  return (await found()) ?? admin.create(path, body(), found)
}
