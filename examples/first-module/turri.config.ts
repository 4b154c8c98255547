import { core } from 'turritopsis'
import { defineActivities, defineProject, type StepsOf } from 'turritopsis/framework'
import { notes } from './api/notes.ts'
import { note } from './modules/note/index.ts'

const activities = [defineActivities(note, { write: ['createNotes'] })] as const
export type Activities = StepsOf<typeof activities>

export default defineProject({
  extends: core(),
  modules: [note],
  activities,
  workflows: new URL('./workflows/index.ts', import.meta.url),
  subscribers: new URL('./subscribers/index.ts', import.meta.url),
  hooks: new URL('./hooks/index.ts', import.meta.url),
  routes: [notes],
})
