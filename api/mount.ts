/** Mounts the routes of many routers in one app. */
import { createRouter, type Router } from '../framework/http/router.ts'

/**
 * Fixed segments take precedence over parameters, whichever router they come from: `/admin/brands/sync` is not a brand. If two
 * routes have the same path and method, the one of the earlier router wins.
 *
 * @returns a router with the documentation of all routes.
 */
export function mount(app: Router, routers: Router[]): Router {
  const routes = routers.flatMap((router) => router.routes)
  const sorted = routes.sort((a, b) => compare(a.path.split('/'), b.path.split('/')))
  for (const { method, path, handler } of sorted) app.on(method, path, handler)
  const documentation = createRouter()
  for (const router of routers) documentation.route('/', router)
  return documentation
}

/** Orders by the first segment that differs: fixed segments before parameters, shorter paths before longer ones. */
function compare(a: string[], b: string[]): number {
  const at = a.findIndex((segment, i) => segment !== b[i])
  const [mine, theirs] = [a[at], b[at]]
  if (at === -1) return a.length - b.length
  if (mine === undefined || theirs === undefined) return mine === undefined ? -1 : 1
  if (mine.startsWith(':') !== theirs.startsWith(':')) return mine.startsWith(':') ? 1 : -1
  return mine < theirs ? -1 : 1
}
