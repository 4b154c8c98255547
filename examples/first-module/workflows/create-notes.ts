import { emit, newId, steps } from 'turritopsis/framework/workflow'
import type { Activities } from '../turri.config.ts'

const { write } = steps<Activities>()

export interface CreateNotesInput {
  notes: { title: string; body?: string }[]
}

/** Adds notes: all of them, or none. */
export async function createNotes({ notes }: CreateNotesInput) {
  const rows = notes.map((note) => ({ ...note, id: newId('note') }))
  emit('note.created', ...rows.map(({ id }) => ({ id })))
  return write.createNotes(rows)
}
