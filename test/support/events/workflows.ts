import { sleep } from '@temporalio/workflow'
import { emit, newId, Problem, steps, withSaga } from '../../../framework/workflow/index.ts'
import type { ThingActivities } from '../sagas/module.ts'
import { toldToGoOn } from '../sagas/workflows.ts'

export * from '../../../workflows/index.ts'
export * from '../sagas/workflows.ts'

const { write } = steps<ThingActivities>()

export interface AnnounceInput {
  /** One event each. */
  notes: string[]
  after?: 'refuse' | 'publish late' | 'wait'
}

/** Adds red things and publishes an event for each. */
export async function announce({ notes, after }: AnnounceInput): Promise<string[]> {
  const rows = notes.map((note) => {
    const id = newId('thing')
    return { id, name: id, note }
  })
  const events = { 'red.created': rows.map(({ id, note }) => ({ id, note })) }
  const change = [{ do: 'create' as const, rows }]
  await (after === 'publish late' ? write.changeRed(change) : write.changeRed(change, { emits: events }))
  if (after === 'refuse') throw new Problem('not_allowed', 'not today')
  if (after === 'wait') await sleep(60_000)
  if (after === 'publish late') await emit(events)
  return rows.map(({ id }) => id)
}

/** Does the same in a saga, with events that have no subscriber. */
export async function whisper(): Promise<void> {
  await withSaga(async (saga) => {
    const id = newId('thing')
    const emits = { 'red.whispered': ['x'] }
    await saga.step(() => write.changeRed([{ do: 'create', rows: [{ id, name: id }] }], { emits }))
  })
}

/** Adds two things; between them it waits for a signal, so that it can be terminated. */
export async function lingering(): Promise<void> {
  const [first, second] = [newId('thing'), newId('thing')]
  await write.changeRed([{ do: 'create', rows: [{ id: first, name: first }] }])
  await toldToGoOn()
  await write.changeRed([{ do: 'create', rows: [{ id: second, name: second }] }])
}
