/** Work that may break a constraint, within a transaction that goes on. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../model/repository.ts'

/** Does the work; what it did is rolled back when it throws, and the transaction stays usable. */
export async function inSavepoint<T>(trx: AnyTransaction, work: () => Promise<T>): Promise<T> {
  await sql`savepoint turri`.execute(trx)
  try {
    const answer = await work()
    await sql`release savepoint turri`.execute(trx)
    return answer
  } catch (error) {
    await sql`rollback to savepoint turri`.execute(trx)
    await sql`release savepoint turri`.execute(trx)
    throw error
  }
}

/** Whether it can never be done: a constraint of the database refuses, or a secret's old value is not kept or not readable. */
export function isImpossible(error: unknown): boolean {
  return /^(23|39)/.test((error as { code?: string }).code ?? '')
}

/** Which constraint, and why, as Postgres says it. */
export function reasonOf(error: unknown): string {
  const { message, detail } = error as { message: string; detail?: string }
  return detail ? `${message}: ${detail}` : message
}
