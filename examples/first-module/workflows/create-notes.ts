import { idsOf, newId, steps } from 'turritopsis/framework/workflow'
import type { Activities } from '../turri.config.ts'

const { write } = steps<Activities>()

export interface CreateNotesInput {
  notes: { title: string; body?: string }[]
}

export async function createNotes({ notes }: CreateNotesInput) {
  const rows = notes.map((note) => ({ ...note, id: newId('note') }))
  return write.createNotes(rows, { emits: { 'note.created': idsOf(rows) } })
}
