/** Puts the routes of many routers into one app. */
import { createRouter, type Router } from '../framework/http/router.ts'

/**
 * Fixed segments win over parameters, whichever router they come from: `/admin/brands/sync` is no brand. Of two routes of the
 * same path and method the one of the earlier router wins.
 *
 * @returns a router that only holds the documentation of all.
 */
export function mount(app: Router, routers: Router[]): Router {
  const routes = routers.flatMap((router) => router.routes)
  const sorted = routes.sort((a, b) => compare(a.path.split('/'), b.path.split('/')))
  for (const { method, path, handler } of sorted) app.on(method, path, handler)
  const documentation = createRouter()
  for (const router of routers) documentation.route('/', router)
  return documentation
}

/** By the first segment in which they differ: what is fixed before a parameter, what ends before what goes on. */
function compare(a: string[], b: string[]): number {
  const at = a.findIndex((segment, i) => segment !== b[i])
  const [mine, theirs] = [a[at], b[at]]
  if (at === -1) return a.length - b.length
  if (mine === undefined || theirs === undefined) return mine === undefined ? -1 : 1
  if (mine.startsWith(':') !== theirs.startsWith(':')) return mine.startsWith(':') ? 1 : -1
  return mine < theirs ? -1 : 1
}
