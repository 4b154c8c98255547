/** Detects connection poolers: PgBouncer, in any mode, does not pass on the settings of our connections. */
import type pg from 'pg'

/** A setting of every connection, to check whether settings have arrived. */
export const DIRECT_SETTING = 'turri.direct=on'

export class PoolerError extends Error {
  constructor(reason: string) {
    super(
      `A connection pooler such as PgBouncer stands before Postgres (${reason}). It would lose our time limits, the read-only ` +
        'transactions of reads and the key of the journal. Let DATABASE_URL name Postgres itself (docs/operating.md, Connection poolers).',
    )
  }
}

/** A `PoolerError` if PgBouncer has refused a connection for its settings, which is its default; else the error itself. */
export function connectionError(error: Error): Error {
  return error.message.includes('unsupported startup parameter') ? new PoolerError(error.message) : error
}

/** @throws PoolerError if the settings are lost, as with PgBouncer's `ignore_startup_parameters`. */
export async function refuseLostSettings(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ arrived: boolean }>(
    `select coalesce(current_setting('turri.direct', true), '') = 'on' and current_setting('statement_timeout') <> '0' as arrived`,
  )
  if (!rows[0]!.arrived) throw new PoolerError('the settings of a connection have not arrived')
}
