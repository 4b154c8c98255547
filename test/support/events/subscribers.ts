import { type ChangeEvent, newId, Problem, steps } from '../../../framework/workflow/index.ts'
import type { ThingActivities } from '../sagas/module.ts'

const { write } = steps<ThingActivities>()

type RedCreated = ChangeEvent<{ id: string; note?: string }>

/** Adds a green thing for each event of a red thing or a brand, so that its runs can be counted. */
export async function mirrorInGreen({ data }: RedCreated): Promise<void> {
  const id = newId('thing')
  await write.changeGreen([{ do: 'create', rows: [{ id, name: id, note: data.id }] }])
}
mirrorInGreen.events = ['red.created', 'brand.created']

/** Adds a blue thing; refuses, or is unavailable, if the event says so. */
export async function mirrorInBlue({ data }: RedCreated): Promise<void> {
  const id = newId('thing')
  await write.changeBlue([{ do: 'create', rows: [{ id, name: id, note: data.id }] }])
  if (data.note === 'refuse blue') throw new Problem('not_allowed', 'blue is closed', 'BLUE_CLOSED')
  if (data.note === 'blue is away') throw new Problem('unavailable', 'blue is away')
}
mirrorInBlue.events = ['red.created', 'brand.created']
