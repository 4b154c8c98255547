/** Work that may break a constraint, within a transaction that goes on. */
import { sql } from 'kysely'
import pg from 'pg'
import { isTransient } from '../database.ts'
import type { AnyTransaction } from '../model/repository.ts'
import { rollback } from '../postgres/statement.ts'

/** Does the work; what it did is rolled back when it throws, and the transaction stays usable. */
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

/** Errors of Postgres that are about the moment: what has been broken off, and what the machine has not got just now. */
const OF_THE_MOMENT = /^(25|40|5[378])/

/**
 * Whether Postgres refuses it for what it is: a constraint, a column that has gone since, a type that is another by now, a
 * secret whose old value is not kept or not readable. To repeat it changes nothing.
 */
export function isImpossible(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return error instanceof pg.DatabaseError && !OF_THE_MOMENT.test(code) && !isTransient(error)
}

/** What is in the way, and why, as Postgres says it. */
export function reasonOf(error: unknown): string {
  const { message, detail } = error as { message: string; detail?: string }
  return detail ? `${message}: ${detail}` : message
}
