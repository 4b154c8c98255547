import { defineModule, id, model, type New, Service, text, timestamps } from 'turritopsis/framework'

/** Something worth remembering. */
export const Note = model('note', {
  id: id('note'),
  title: text().searchable(),
  body: text().nullable(),
  ...timestamps(),
})

class NoteService extends Service<{ note: typeof Note }> {
  createNotes = (notes: New<typeof Note>[]) => this.rows.note.create(notes)
}

const createNote = `
  create table note (
    id text primary key, title text not null, body text,
    created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now(), deleted_at timestamptz(3)
  );
  create index note_title_search on note using gin (title gin_trgm_ops);`

export const note = defineModule({
  name: 'note',
  models: { note: Note },
  service: NoteService,
  migrations: { '0001-note': createNote },
})
