export * from 'turritopsis/workflows'
export { createNotes } from './create-notes.ts'
