/** A request without a body is one with the empty object, whether it says a content type or not (`api/http-semantics.md` 1). */
import type { MiddlewareHandler } from 'hono'

export const emptyBodies: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' && (await c.req.text()) === '') {
    c.req.raw.headers.set('content-type', 'application/json')
    Object.assign(c.req.bodyCache, { text: Promise.resolve('{}') }) // Hono awaits what it has cached
    delete c.req.bodyCache.json
  }
  await next()
}
