/** Work that may violate a constraint, in a transaction that continues. */
import { sql } from 'kysely'
import pg from 'pg'
import type { AnyTransaction } from '../database.ts'
import { isTransient } from '../database.ts'
import { rollback } from '../postgres/statement.ts'

/** Does the work in a savepoint, and rolls back to it if the work throws. */
export async function inSavepoint<T>(trx: AnyTransaction, work: () => Promise<T>): Promise<T> {
  await sql`savepoint turri`.execute(trx)
  try {
    const answer = await work()
    await sql`release savepoint turri`.execute(trx)
    return answer
  } catch (error) {
    await rollback(sql`rollback to savepoint turri`).execute(trx)
    await sql`release savepoint turri`.execute(trx)
    throw error
  }
}

/** Classes of SQLSTATEs that depend on the moment: an aborted transaction, an interrupted statement, a lack of resources. */
const TRANSIENT_SQLSTATES = /^(25|40|5[378])/

/**
 * Whether Postgres would refuse the statement again: for a constraint, a dropped column, a changed type, or a secret whose old value is
 * not kept or cannot be read.
 */
export function isPermanent(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return error instanceof pg.DatabaseError && !TRANSIENT_SQLSTATES.test(code) && !isTransient(error)
}

/** Message and detail of a Postgres error. */
export function reasonOf(error: unknown): string {
  const { message, detail } = error as { message: string; detail?: string }
  return detail ? `${message}: ${detail}` : message
}
