/** The service of links on its own database, without Temporal: each call is one transaction, and is refused like a step. */
import { type RawBuilder, sql } from 'kysely'
import type { AnyTransaction, Database } from '../../../framework/database.ts'
import type { Link } from '../../../framework/link/define-link.ts'
import { linkModule } from '../../../framework/link/module.ts'
import type { LinkService } from '../../../framework/link/service.ts'
import { postgresProblem } from '../../../framework/model/refusals.ts'
import { createSecrets } from '../../../framework/secrets.ts'
import { freshDatabase } from '../fresh-database.ts'

export interface LinkDatabase {
  db: Database
  rows(text: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

export async function createShopDatabase(links: Link[]): Promise<LinkDatabase> {
  const { db } = await freshDatabase([linkModule(links)], { max: 12 })
  const ask = (statement: RawBuilder<Record<string, unknown>>) => statement.execute(db)
  return { db, rows: async (text) => (await ask(sql.raw(text))).rows, stop: () => db.destroy() }
}

export function inLinkStep<R>(
  db: Database,
  links: readonly Link[],
  work: (service: LinkService) => Promise<R>,
): Promise<R> {
  const module = linkModule(links)
  const step = db.transaction().execute((trx) =>
    work(
      new module.service({
        db: trx.withSchema('link') as AnyTransaction,
        module,
        options: module.options as never,
        signal: AbortSignal.timeout(60_000),
        idempotencyKey: '',
        changeId: '',
        linkColumnsOf: () => [],
        secrets: createSecrets('a secret of a test'),
        progress: () => {},
      }),
    ),
  )
  return step.catch((error) => {
    throw postgresProblem(module.models, error) ?? error
  })
}
