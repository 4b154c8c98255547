import { condition, defineSignal, setHandler, sleep } from '@temporalio/workflow'
import {
  all,
  continueAs,
  each,
  isOutcomeUnknown,
  newId,
  Problem,
  steps,
  withSaga,
} from '../../../framework/workflow/index.ts'
import type { LedgerActivities, TakeEntryInput } from './module.ts'

export * from '../../../workflows/index.ts'

const { read, write, once, undo } = steps<LedgerActivities>()

const entry = (text: string) => ({ id: newId('entry'), text })

/** Three writes, one after the other. */
export async function threeEntries(): Promise<string[]> {
  const ids: string[] = []
  for (const text of ['one', 'two', 'three']) {
    const [created] = await write.createEntries([entry(text)])
    ids.push(created!.id)
  }
  return ids
}

/** Three writes in a saga. */
export async function threeEntriesOrNone(): Promise<void> {
  await withSaga(async (saga) => {
    for (const text of ['one', 'two', 'three']) {
      const row = entry(text)
      await saga.step(
        () => write.createEntries([row]),
        () => undo.deleteEntries([row.id]),
      )
    }
  })
}

/** Normal activities between local ones. */
export async function archivedEntries(): Promise<string[]> {
  await write.createEntries([entry('before')])
  const archived = await write.archiveEntries([entry('archived')])
  await write.createEntries([entry('after')])
  return archived.map(({ id }) => id)
}

/** Branches whose steps overlap. */
export async function branchingEntries({ names }: { names: string[] }): Promise<string[][]> {
  return each(
    names,
    (name) => name,
    async (name) => {
      const [first] = await write.createEntries([entry(`${name} 1`)])
      const [second] = await write.createEntries([entry(`${name} 2`)])
      return [first!.id, second!.id]
    },
  )
}

/** A decision in one step, then one on recorded facts; both change their own facts. */
export async function decidingEntries(): Promise<string[]> {
  const taken = await write.takeFirstEntry('me')
  const free = await read.listFreeEntries()
  await write.createEntries([entry(`0 after ${taken}, ${free.map(({ text }) => text)}`)])
  await write.createEntries([entry('end')])
  return [taken, ...free.map(({ text }) => text)]
}

/** Refused at its third step. */
export async function refusedEntries(): Promise<void> {
  await withSaga(async (saga) => {
    for (const text of ['one', 'two']) {
      const row = entry(text)
      await saga.step(
        () => write.createEntries([row]),
        () => undo.deleteEntries([row.id]),
      )
    }
    await write.refuseEntries('not today')
  })
}

/** Takes another path after a refusal, which must be the same on every pass. */
export async function detouringEntries(): Promise<string> {
  try {
    return await write.takeFirstEntry('me')
  } catch {
    const [created] = await write.createEntries([entry('detour')])
    return created!.text
  }
}

/** Waits within a saga, to be cancelled. */
export async function waitingEntries({ ms }: { ms: number }): Promise<void> {
  await withSaga(async (saga) => {
    for (const text of ['one', 'two']) {
      const row = entry(text)
      await saga.step(
        () => write.createEntries([row]),
        () => undo.deleteEntries([row.id]),
      )
    }
    await sleep(ms)
  })
}

/** Has a bug after its first step. */
export async function buggyEntries({ where }: { where: 'workflow' | 'activity' }): Promise<void> {
  await withSaga(async (saga) => {
    const row = entry('one')
    await saga.step(
      () => write.createEntries([row]),
      () => undo.deleteEntries([row.id]),
    )
    if (where === 'activity') await write.stumble()
    const nothing: { there?: { at: string } } = {}
    nothing.there!.at.toString()
  })
}

/** Fails with an error whose text is a lone surrogate. */
export async function halfSaid(): Promise<void> {
  throw new Error('half \ud800', { cause: new Error('\udfff') })
}

/** Refuses by itself, without a step. */
export async function refusingWorkflow(): Promise<void> {
  throw new Problem('conflict', 'no', 'NOT_NOW')
}

/** Continues as new twice, with a write in each. */
export async function continuedEntries({ round }: { round: number }): Promise<number> {
  await write.createEntries([entry(`round ${round}`)])
  return round === 2 ? round : continueAs<typeof continuedEntries>({ round: round + 1 })
}

export const giveBack = defineSignal('giveBack')

/** Leases entries for a while, or until a signal, and then releases them, or not. */
export async function leasedEntries({
  ids,
  ms,
  forget,
}: {
  ids: string[]
  ms: number
  forget?: boolean
}): Promise<void> {
  let isTold = false
  setHandler(giveBack, () => {
    isTold = true
  })
  await write.leaseEntries(ids)
  await condition(() => isTold, ms)
  if (!forget) await write.releaseEntries(ids)
}

/** Charges once, and returns whether the outcome is known. */
export async function chargedEntries(): Promise<string> {
  try {
    return String(await once.chargeCard())
  } catch (error) {
    if (isOutcomeUnknown(error)) return 'unknown'
    throw error
  }
}

/** A decision as one step. */
export async function takenEntry(input: TakeEntryInput): Promise<string | null> {
  return write.takeEntry(input)
}

/** Is refused, has a bug, or waits to be cancelled after its saga has completed. */
export async function refusedAfterwards({ how }: { how: 'refuse' | 'stumble' | 'wait' }): Promise<void> {
  await withSaga(async (saga) => {
    await saga.step(() => write.createEntries([entry('stands')]))
  })
  if (how === 'refuse') await write.refuseEntries('too late')
  if (how === 'wait') await sleep(60_000)
  await write.stumble()
}

/** Two parallel sagas, of which one fails long after the other has succeeded. */
export async function sagasSideBySide(): Promise<void> {
  const saga = (text: string) => withSaga((saga) => saga.step(() => write.createEntries([entry(text)])))
  await all({
    fast: () => saga('fast'),
    slow: () =>
      withSaga(async () => {
        await saga('within')
        await sleep(500)
        throw new Problem('not_allowed', 'not today')
      }),
  })
}

/** Continues for a while after its saga. */
export async function goingOnAfterwards({ ms }: { ms: number }): Promise<void> {
  await withSaga(async (saga) => {
    await saga.step(() => write.createEntries([entry('stands')]))
  })
  await sleep(ms).catch(() => {})
  await write.createEntries([entry('afterwards')])
}
