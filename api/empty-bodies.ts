/** A request without a body is one with the empty object: clients send a content type all the same. */
import type { MiddlewareHandler } from 'hono'

export const emptyBodies: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' && (await c.req.text()) === '') {
    c.req.bodyCache.text = Promise.resolve('{}') as never
    delete c.req.bodyCache.json
  }
  await next()
}
