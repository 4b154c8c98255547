/** Connection poolers: PgBouncer, in session mode too, does not pass on the settings that our connections start with. */
import type pg from 'pg'

/** Among the settings of each connection, so that it shows whether they have arrived. */
export const DIRECT = 'turri.direct=on'

export class PoolerError extends Error {
  constructor(reason: string) {
    super(
      `A connection pooler such as PgBouncer stands before Postgres (${reason}). It would lose our time limits, the read-only ` +
        'transactions of reads and the key of the journal. Let DATABASE_URL name Postgres itself (docs/operating.md, Connection poolers).',
    )
  }
}

/** PgBouncer by default refuses a connection that brings settings. */
export function whyNotConnected(error: Error): Error {
  return error.message.includes('unsupported startup parameter') ? new PoolerError(error.message) : error
}

/** With `ignore_startup_parameters`, it drops them. @throws PoolerError */
export async function refuseLostSettings(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ arrived: boolean }>(
    `select coalesce(current_setting('turri.direct', true), '') = 'on' and current_setting('statement_timeout') <> '0' as arrived`,
  )
  if (!rows[0]!.arrived) throw new PoolerError('the settings of a connection have not arrived')
}
