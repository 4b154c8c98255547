/**
 * A small Directus: its items API over real HTTP, with state, which can be made to refuse, stall, and drop connections.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export type Item = Record<string, unknown> & { id: string }

/** What happens to the next requests that add pages, one each, in this order. */
export type Trouble =
  /** Works as usual. */
  | 'none'
  /** Refuses for good, storing nothing. */
  | { refuse: string }
  /** Answers with this status, storing nothing. */
  | { status: 429 | 503 }
  /** Stores, then drops the connection without an answer. */
  | 'drop after storing'
  /** Drops the connection, storing nothing. */
  | 'drop'
  /** Waits, then stores, even if the connection is closed. */
  | { stallMs: number }

export interface FakeCms {
  url: string
  token: string
  items: Map<string, Item>
  /** The id of every item that was ever stored, in order. */
  stored: string[]
  /** Every request, for example `POST 200` for a post of 200 items. */
  requests: string[]
  /** The troubles to come. */
  troubles: Trouble[]
  /** Adds troubles for the next requests that add pages. */
  meet(...troubles: Trouble[]): void
  /** Adds troubles for the next requests that add pages with this prefix of their ids. */
  meetAt(prefix: string, ...troubles: Trouble[]): void
  /** Answers every request with 503 until `recover()`. */
  goDown(): void
  recover(): void
  /** Waits until no request is in progress. */
  quiet(): Promise<void>
  /** Delays requests that add pages. */
  slowDown(ms: number): void
  /** Makes requests that add pages wait until `letGo()`, except for the first ones. */
  hold(after?: number): void
  letGo(): void
  stop(): Promise<void>
}

/** @param port default: a free port */
export async function startFakeCms(port = 0): Promise<FakeCms> {
  const state = {
    items: new Map<string, Item>(),
    stored: [] as string[],
    requests: [] as string[],
    troubles: [] as Trouble[],
    troublesAt: new Map<string, Trouble[]>(),
    down: false,
    slowMs: 0,
    held: undefined as Held | undefined,
    working: 0,
  }
  const token = 'cms-static-token'
  const server = createServer((request, response) => {
    state.working++
    answer(state, token, request, response)
      .catch(() => response.destroy())
      .finally(() => state.working--)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    token,
    items: state.items,
    stored: state.stored,
    requests: state.requests,
    troubles: state.troubles,
    meet: (...troubles) => void state.troubles.push(...troubles),
    meetAt: (prefix, ...troubles) => void state.troublesAt.set(prefix, troubles),
    goDown: () => {
      state.down = true
    },
    recover: () => {
      state.down = false
    },
    quiet: async () => {
      while (state.working > 0) await wait(20)
    },
    slowDown: (ms) => {
      state.slowMs = ms
    },
    hold: (after = 0) => {
      state.held = heldAfter(after)
    },
    letGo: () => {
      state.held?.letGo()
      state.held = undefined
    },
    stop: () => close(server),
  }
}

interface Held {
  /** How many requests pass before. */
  after: number
  over: Promise<void>
  letGo: () => void
}

function heldAfter(after: number): Held {
  let letGo = () => {}
  const over = new Promise<void>((resolve) => {
    letGo = resolve
  })
  return { after, over, letGo: () => letGo() }
}

interface State {
  items: Map<string, Item>
  stored: string[]
  requests: string[]
  troubles: Trouble[]
  troublesAt: Map<string, Trouble[]>
  down: boolean
  slowMs: number
  held: Held | undefined
  working: number
}

async function answer(state: State, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://cms')
  const text = await bodyOf(request)
  const body = text ? (JSON.parse(text) as unknown) : undefined
  state.requests.push(
    `${request.method} ${Array.isArray(body) ? body.length : (url.searchParams.get('filter[id][_in]') ?? '').split(',').length}`,
  )
  if (state.down) return refuse(response, 503, 'Service unavailable', 'SERVICE_UNAVAILABLE')
  if (request.headers.authorization !== `Bearer ${token}`)
    return refuse(response, 401, 'Invalid user credentials.', 'INVALID_CREDENTIALS')
  if (url.pathname !== '/items/brands')
    return refuse(response, 403, "You don't have permission to access this.", 'FORBIDDEN')
  if (request.method === 'GET') return send(response, 200, { data: find(state, url) })
  if (request.method === 'DELETE') {
    for (const id of body as string[]) state.items.delete(id)
    return send(response, 204)
  }
  if (request.method === 'POST') return add(state, body as Item[], response)
  refuse(response, 404, "Route doesn't exist.", 'ROUTE_NOT_FOUND')
}

async function add(state: State, items: Item[], response: ServerResponse): Promise<void> {
  if (state.slowMs > 0) await wait(state.slowMs)
  if (state.held && state.held.after-- <= 0) await state.held.over
  const trouble = troublesOf(state, items).shift() ?? 'none'
  if (trouble === 'drop') return void response.destroy()
  if (trouble === 'drop after storing') {
    store(state, items)
    return void response.destroy()
  }
  if (typeof trouble === 'object' && 'stallMs' in trouble) await wait(trouble.stallMs)
  if (typeof trouble === 'object' && 'status' in trouble) return refuse(response, trouble.status, 'Busy', 'LIMIT')
  if (typeof trouble === 'object' && 'refuse' in trouble)
    return refuse(response, 400, trouble.refuse, 'FAILED_VALIDATION')
  if (!store(state, items)) return refuse(response, 400, 'Value for field "id" has to be unique.', 'RECORD_NOT_UNIQUE')
  send(response, 200, { data: items })
}

function troublesOf({ troubles, troublesAt }: State, items: Item[]): Trouble[] {
  return [...troublesAt].find(([prefix]) => items[0]!.id.startsWith(prefix))?.[1] ?? troubles
}

/** Stores all items, or none if one exists. */
function store(state: State, items: Item[]): boolean {
  if (items.some((item) => state.items.has(item.id))) return false
  for (const item of items) state.items.set(item.id, item)
  state.stored.push(...items.map((item) => item.id))
  return true
}

function find(state: State, url: URL): Partial<Item>[] {
  const wanted = (url.searchParams.get('filter[id][_in]') ?? '').split(',')
  const fields = (url.searchParams.get('fields') ?? 'id').split(',')
  return wanted
    .map((id) => state.items.get(id))
    .filter((item) => item !== undefined)
    .map((item) => Object.fromEntries(fields.map((field) => [field, item[field] ?? null])))
}

function refuse(response: ServerResponse, status: number, message: string, code: string): void {
  send(response, status, { errors: [{ message, extensions: { code } }] })
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
