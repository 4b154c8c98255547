/** A decision about two modules: an entry moves from the ledger to the archive. */
import { decide } from '../../../framework/activities/decide.ts'
import { defineActivities, type StepsOf } from '../../../framework/activities/define.ts'
import { lockExisting } from '../../../framework/activities/facts.ts'
import type { EntitiesOf } from '../../../framework/entity-types.ts'
import { Problem } from '../../../framework/problem.ts'
import { shapesOf } from '../../../framework/shape.ts'
import { archive, ledger, ledgerActivities } from '../ledger/module.ts'

const shape = shapesOf<EntitiesOf<[typeof ledger, typeof archive]>>()
const Entry = shape('ledger.entry', { id: true, text: true })

export interface MoveInput {
  ids: string[]
  /** An entry of the archive that has to exist. */
  after?: string
  /** Fails after both modules have written. */
  stumble?: boolean
}

export const movingActivities = [
  ...ledgerActivities,
  defineActivities(ledger, {
    decide: {
      moveEntries: decide({
        modules: { ledger, archive },
        lock: ({ ids }: MoveInput) => ({ 'ledger.entry': ids }),
        facts: async (query, { ids, after }) => {
          await lockExisting(query, { 'archive.entry': after ? [after] : [] })
          return query.find(Entry, { id: ids })
        },
        rule: (entries, { ids }, newId) => {
          if (entries.length < ids.length) throw new Problem('not_found', 'An entry has gone')
          return entries.map(({ id, text }) => ({ from: id, row: { id: newId('entry'), text } }))
        },
        write: async ({ ledger, archive }, moves, { stumble }) => {
          await ledger.deleteEntries(moves.map(({ from }) => from))
          const rows = await archive.archiveEntries(moves.map(({ row }) => row))
          if (stumble) await ledger.stumble()
          return rows.map(({ id }) => id)
        },
        events: (moves, _, ids) => ({
          'entry.moved': ids,
          'entry.left': moves.map(({ from }) => ({ id: from, to: 'archive' })),
        }),
      }),
      lockLedger: decide({
        modules: { ledger },
        lock: () => ({ 'ledger.entry': 'all' as const }),
        facts: (query, _: object) => query.find(Entry),
        rule: (entries, _, newId) => {
          if (entries.length > 0) throw new Problem('not_allowed', 'There is an entry', 'NOT_EMPTY')
          return { id: newId('entry'), text: 'the only one' }
        },
        write: ({ ledger }, row) => ledger.createEntries([row]),
      }),
    },
  }),
] as const

export type MovingActivities = StepsOf<typeof movingActivities>
