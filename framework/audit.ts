/** What has happened, for operators: changes of rows, undo conflicts, events and their deliveries. */
import type { Database } from './database.ts'
import { type EventFilter, type ListedEvent, listEvents } from './events/events.ts'
import { type Change, type ChangeFilter, listChanges, listUndoConflicts, type UndoConflict } from './journal/changes.ts'

export interface Audit {
  changes(filter: ChangeFilter): Promise<{ rows: Change[]; count: number }>
  undoConflicts(filter: {
    settled: boolean
    limit: number
    offset: number
  }): Promise<{ rows: UndoConflict[]; count: number }>
  events(filter: EventFilter): Promise<{ rows: ListedEvent[]; count: number }>
}

/** @param db read-only connections. */
export function createAudit(db: Database): Audit {
  return {
    changes: (filter) => listChanges(db, filter),
    undoConflicts: (filter) => listUndoConflicts(db, filter),
    events: (filter) => listEvents(db, filter),
  }
}
