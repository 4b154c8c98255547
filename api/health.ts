/** `/health`: the process is alive. `/ready`: it can serve requests. */
import { sql } from 'kysely'
import { createRouter, type Router } from '../framework/http/router.ts'
import type { ApiOptions } from './index.ts'

export function health({ db, state }: Pick<ApiOptions, 'db' | 'state'>): Router {
  const router = createRouter()
  router.get('/health', (c) => c.text('OK'))
  router.get('/ready', async (c) => {
    if (state.draining) return c.json({ ready: false, reason: 'stopping' }, 503)
    try {
      await sql`select 1`.execute(db)
      return c.json({ ready: true }, 200)
    } catch {
      return c.json({ ready: false, reason: 'the database cannot be reached' }, 503)
    }
  })
  return router
}
