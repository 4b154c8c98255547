import { resource, z } from 'turritopsis/framework'
import { createNotes } from '../workflows/create-notes.ts'

/** GET /admin/notes, GET /admin/notes/{id} and POST /admin/notes. */
export const notes = resource({
  representation: { entity: 'note', one: 'note', many: 'notes', fields: { defaults: ['id', 'title', 'body'] } },
  path: '/admin/notes',
  create: z.strictObject({ title: z.string().min(1), body: z.string().optional() }),
  workflows: { create: createNotes },
})
