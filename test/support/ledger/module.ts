/** A ledger of entries for tests that kill workers, as two modules, one of them on its own task queue. */
import { decide } from '../../../framework/activities/decide.ts'
import { defineActivities, type StepsOf } from '../../../framework/activities/define.ts'
import type { EntitiesOf } from '../../../framework/entity-types.ts'
import { type Change, id, lease, model, type New, text, timestamps } from '../../../framework/model/model.ts'
import { defineModule } from '../../../framework/model/module.ts'
import { Service } from '../../../framework/model/service.ts'
import { Problem } from '../../../framework/problem.ts'
import { type ShapeOf, shapesOf } from '../../../framework/shape.ts'

export const Entry = model('entry', {
  id: id('entry'),
  text: text(),
  taken_by: text().nullable(),
  seal: text().nullable().secret(),
  ...lease(),
  ...timestamps(),
})

const createEntry = `
  create table entry (
    id text primary key, text text not null, taken_by text, leased_by text, seal text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(), deleted_at timestamptz
  );`

/** How often `stumble` was called. */
export const stumbled = { times: 0 }

class LedgerService extends Service<{ entry: typeof Entry }> {
  listFreeEntries = async () =>
    this.db.selectFrom('entry').select(['id', 'text']).where('taken_by', 'is', null).orderBy('text').execute()

  updateEntries = (entries: Change<typeof Entry>[]) => this.rows.entry.update(entries)
  createEntries = (entries: New<typeof Entry>[]) => this.rows.entry.create(entries)

  /** Reads its facts and changes them in one transaction. */
  takeFirstEntry = async (taker: string) => {
    const [first] = await this.listFreeEntries()
    if (!first) throw new Problem('not_found', 'No entry is free', 'LEDGER_EMPTY')
    await this.rows.entry.update([{ id: first.id, taken_by: taker }])
    return first.text
  }

  leaseEntries = (ids: string[]) => this.rows.entry.lease(ids)
  releaseEntries = (ids: string[]) => this.rows.entry.release(ids)

  refuseEntries = async (reason: string): Promise<void> => {
    throw new Problem('not_allowed', reason, 'LEDGER_REFUSED')
  }

  stumble = async (): Promise<void> => {
    stumbled.times++
    const nothing: { there?: { at: string } } = {}
    nothing.there!.at.toString()
  }

  deleteEntries = async (ids: string[]) => {
    await this.db.deleteFrom('entry').where('id', 'in', ids).execute()
  }
}

class ArchiveService extends LedgerService {
  /** A call of an external system that must not be repeated. */
  chargeCard = async (): Promise<number> => {
    const { status } = await fetch(process.env.OUTSIDE_URL!, { method: 'POST', signal: this.signal })
    return status
  }

  archiveEntries = (entries: New<typeof Entry>[]) => this.createEntries(entries)
}

export const ledger = defineModule({
  name: 'ledger',
  models: { entry: Entry },
  service: LedgerService,
  migrations: { '0001-entry': createEntry },
})

export const archive = defineModule({
  name: 'archive',
  models: { entry: Entry },
  service: ArchiveService,
  migrations: { '0001-entry': createEntry },
})

const shape = shapesOf<EntitiesOf<[typeof ledger, typeof archive]>>()
const EntryToTake = shape('ledger.entry', { id: true, taken_by: true })

export interface TakeEntryInput {
  id: string
  taker: string
  /** A secret stored with the entry. */
  seal?: string
}

/** The first taker gets the entry. */
function takeEntryRule(entry: ShapeOf<typeof EntryToTake>, { taker, seal }: TakeEntryInput) {
  if (entry.taken_by) throw new Problem('not_allowed', `It was taken by ${entry.taken_by}`, 'ENTRY_TAKEN')
  return { id: entry.id, taken_by: taker, ...(seal && { seal }) }
}

export const ledgerActivities = [
  defineActivities(ledger, {
    read: ['listFreeEntries'],
    write: ['createEntries', 'takeFirstEntry', 'leaseEntries', 'releaseEntries', 'refuseEntries', 'stumble'],
    undo: ['deleteEntries'],
    decide: {
      takeEntry: decide({
        modules: { ledger },
        lock: ({ id }: TakeEntryInput) => ({ 'ledger.entry': [id] }),
        facts: (query, { id }) => query.retrieve(EntryToTake, id),
        rule: takeEntryRule,
        write: async ({ ledger }, change) => (await ledger.updateEntries([change]))[0]!.taken_by,
      }),
    },
  }),
  defineActivities(archive, { write: ['archiveEntries'], once: ['chargeCard'] }),
] as const

export type LedgerActivities = StepsOf<typeof ledgerActivities>
