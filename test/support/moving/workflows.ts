import { emit, steps } from '../../../framework/workflow/index.ts'
import type { MoveInput, MovingActivities } from './module.ts'

export * from '../../../workflows/index.ts'

const { write } = steps<MovingActivities>()

/** One decision, and nothing else. */
export async function movedEntries(input: MoveInput): Promise<string[]> {
  return write.moveEntries(input)
}

/** Adds the first entry of an empty ledger. */
export async function firstEntry(): Promise<void> {
  await write.lockLedger({})
}

/** Tells of something that happened elsewhere. */
export async function toldElsewhere({ urls }: { urls: string[] }): Promise<void> {
  await emit({ 'catalogue.exported': urls.map((url) => ({ url })) })
}
