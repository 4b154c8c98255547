/** The CMS provider for Directus, by its items API. */
import { z } from 'zod'
import { Problem } from '../../framework/problem.ts'
import type { CmsPage, CmsProvider } from './provider.ts'

export interface DirectusOptions {
  /** The base URL, such as https://cms.example.com */
  url: string
  /** A static token of a user with permission to read, create and delete the collection's items. */
  token: string
  /** The collection of the pages; default: `brands` */
  collection?: string
  /**
   * The names of the collection's fields. The primary key must be a string that the client chooses. The field of `mark` must be a
   * nullable string that nobody else writes.
   */
  fields?: Partial<Record<keyof CmsPage | 'mark', string>>
}

/** How many ids fit into the URL of a request. */
const BATCH = 200
const FIELDS = { id: 'id', name: 'name', handle: 'handle', mark: 'sync_mark' }
const Items = z.object({ data: z.array(z.record(z.string(), z.unknown())) })
const Errors = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() })),
})
const RETRYABLE = new Set([408, 429, 500, 502, 503, 504])

export function directus({ url, token, collection = 'brands', fields }: DirectusOptions): CmsProvider {
  const field = { ...FIELDS, ...fields }
  const items = new URL(`items/${encodeURIComponent(collection)}`, url.endsWith('/') ? url : `${url}/`)

  async function request(method: string, signal: AbortSignal, body?: unknown, query = ''): Promise<Response> {
    try {
      return await fetch(`${items}${query}`, {
        method,
        signal,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (error) {
      throw unavailable(reasonOf(error))
    }
  }

  async function find(ids: string[], fields: string[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) =>
      ids.slice(i * BATCH, (i + 1) * BATCH),
    )
    return (await Promise.all(batches.map((batch) => findBatch(batch, fields, signal)))).flat()
  }

  async function findBatch(ids: string[], fields: string[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    const query = new URLSearchParams({
      [`filter[${field.id}][_in]`]: ids.join(','),
      fields: fields.join(','),
      limit: '-1',
    })
    const response = await request('GET', signal, undefined, `?${query}`)
    if (!response.ok) throw await problemOf(response)
    return Items.parse(await jsonOf(response)).data
  }

  return {
    async findPages(ids, signal) {
      const items = await find(ids, [field.id, field.mark], signal)
      return items.map((item) => ({
        id: String(item[field.id]),
        mark: (item[field.mark] as string | undefined) ?? null,
      }))
    },

    async readPages(ids, signal) {
      const items = await find(ids, [field.id, field.name, field.handle], signal)
      return items.map((item) => ({
        id: String(item[field.id]),
        name: item[field.name] as string,
        handle: item[field.handle] as string,
      }))
    },

    async addPages(pages, mark, signal) {
      const response = await request(
        'POST',
        signal,
        pages.map((page) => itemOf(page, mark, field)),
      )
      if (response.ok) {
        await response.arrayBuffer().catch(() => {}) // the pages are stored; the body is not needed
        return true
      }
      const problem = await problemOf(response)
      if (problem.cause === 'RECORD_NOT_UNIQUE') return false
      throw problem
    },

    async deletePages(ids, signal) {
      if (ids.length === 0) return
      const response = await request('DELETE', signal, ids)
      if (!response.ok) throw await problemOf(response)
    },
  }
}

function itemOf(page: CmsPage, mark: string, field: typeof FIELDS): Record<string, string> {
  return { [field.id]: page.id, [field.name]: page.name, [field.handle]: page.handle, [field.mark]: mark }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw unavailable(`its answer broke off (${reasonOf(error)})`)
  }
}

/** The problem of an error response; `cause` is the code of Directus. */
async function problemOf(response: Response): Promise<Problem> {
  const body = Errors.safeParse(await response.json().catch(() => undefined))
  const [error] = body.success ? body.data.errors : []
  const code = error?.extensions?.code
  const message = error?.message ?? `HTTP ${response.status}`
  const problem = RETRYABLE.has(response.status) ? unavailable(message) : refused(message, code)
  problem.cause = code
  return problem
}

const HINTS: Record<string, string> = {
  INVALID_CREDENTIALS: ' Check the CMS token (CMS_TOKEN).',
  FORBIDDEN:
    " The token's user needs read, create and delete on the collection (CMS_COLLECTION), and on all mapped fields.",
}

function refused(message: string, code?: string): Problem {
  return new Problem('not_allowed', `The CMS refused: ${message}${HINTS[code ?? ''] ?? ''}`, 'CMS_REFUSED')
}

function unavailable(reason: string): Problem {
  return new Problem('unavailable', `The CMS is not available: ${reason}`, 'CMS_UNAVAILABLE')
}

function reasonOf(error: unknown): string {
  const cause = (error as Error).cause as Error | undefined
  return cause?.message ?? (error as Error).message
}
