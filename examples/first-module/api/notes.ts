import { answerPage, createRouter, json, listingOf, listQuery, parametersOf, route, z } from 'turritopsis/framework'
import { createNotes } from '../workflows/create-notes.ts'

const path = '/admin/notes'
const Note = z.object({ id: z.string(), title: z.string(), body: z.string().nullable() }).openapi('Note')
const NewNote = z.strictObject({ title: z.string().min(1), body: z.string().optional() })
const create = route({
  method: 'post',
  path,
  request: { body: json(NewNote, 'The note to create') },
  responses: { 200: json(z.object({ note: Note }), 'The note') },
})
const asked = listQuery()
const list = route({
  method: 'get',
  path,
  parameters: parametersOf(asked),
  responses: { 200: json(z.object({ notes: z.array(Note), count: z.number() }), 'A page of notes') },
})

export const notes = createRouter()
  .openapi(create, async (c) => {
    const [note] = await c.var.run(createNotes, { notes: [c.req.valid('json')] })
    return c.json({ note: note! }, 200)
  })
  .openapi(list, async (c) => {
    const listing = listingOf(c, asked)
    return answerPage(c, 'notes', await c.var.query.listJson('note', listing), listing)
  })
