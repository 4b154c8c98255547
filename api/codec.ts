/**
 * Temporal's remote codec: its web UI and command line decrypt payloads through it.
 *
 * It decrypts whatever it is sent, so it is for admins only. Temporal's tools do not use our logins: access is limited by
 * `TURRI_CODEC_TOKEN` and by origin. Without the token, the endpoint does not exist in production or if other machines can reach it.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { Problem } from '../framework/problem.ts'

export interface CodecEndpointOptions {
  codec: PayloadCodec
  /** The address of Temporal's web UI, the only page that may call the endpoint. */
  uiUrl?: string
  /** The bearer token that callers must send; default: none */
  token?: string
}

const MAX_BODY_BYTES = 16 * 1024 * 1024
const { Payload } = proto.temporal.api.common.v1
const Base64 = z.base64()
const Body = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), Base64).default({}), data: Base64.default('') })),
})

/** `POST /encode` and `/decode`, in Temporal's protocol: payloads as JSON, bytes as base64. */
export function codecEndpoint({ codec, uiUrl, token }: CodecEndpointOptions): Hono {
  const app = new Hono()
  const origins = uiUrl ? originsOf(uiUrl) : []
  app.use(onlyFrom(origins))
  app.use(cors({ origin: origins, allowMethods: ['POST'] }))
  if (token) app.use(withToken(token))
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }))
  for (const act of ['encode', 'decode'] as const) {
    app.post(`/${act}`, async (c) => {
      const payloads = payloadsOf(await c.req.json().catch(() => undefined))
      return c.json({ payloads: (await codec[act](payloads).catch(refuse)).map((payload) => Payload.create(payload)) })
    })
  }
  return app
}

/** Browsers treat 127.0.0.1 and localhost as two origins. */
function originsOf(url: string): string[] {
  const { origin } = new URL(url)
  return [origin, origin.replace('//127.0.0.1', '//localhost'), origin.replace('//localhost', '//127.0.0.1')]
}

/** Refuses pages of other origins; CORS alone would only keep the answer from them. */
function onlyFrom(origins: string[]): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin')
    if (origin === undefined || origins.includes(origin)) return next()
    throw new Problem('forbidden', `Pages of ${origin} may not ask for clear text.`, 'CODEC_ORIGIN')
  }
}

function withToken(token: string): MiddlewareHandler {
  const wanted = digest(`Bearer ${token}`)
  return async (c, next) => {
    if (timingSafeEqual(digest(c.req.header('authorization') ?? ''), wanted)) return next()
    throw new Problem('unauthorized', 'The codec wants the token of TURRI_CODEC_TOKEN.', 'CODEC_TOKEN')
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function payloadsOf(body: unknown) {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Problem('invalid_data', 'The body must be {"payloads": […]}, with bytes as base64.')
  return parsed.data.payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, bytes]) => [name, Buffer.from(bytes, 'base64')])),
    data: Buffer.from(data, 'base64'),
  }))
}

/** Payloads that cannot be decrypted are the caller's error here, as they came with the request. */
function refuse(error: unknown): never {
  if (!(error instanceof Problem)) throw error
  throw new Problem('invalid_data', error.message, error.code)
}

function tooLarge(): never {
  throw new HTTPException(413, { message: `The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB` })
}
