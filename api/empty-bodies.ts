/** Treats a POST without a body as one with an empty object, whatever its content type. */
import type { MiddlewareHandler } from 'hono'

export const emptyBodies: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' && (await c.req.text()) === '') {
    c.req.raw.headers.set('content-type', 'application/json')
    Object.assign(c.req.bodyCache, { text: Promise.resolve('{}') }) // Hono awaits what it has cached
    delete c.req.bodyCache.json
  }
  await next()
}
