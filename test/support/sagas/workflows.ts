import { condition, defineSignal, setHandler, sleep } from '@temporalio/workflow'
import { each, newId, Problem, runMark, steps, withSaga } from '../../../framework/workflow/index.ts'
import type { Deed, ThingActivities } from './module.ts'

const { write, call, undo } = steps<ThingActivities>()

/** The parts of a saga, in this order. */
export type Act =
  | { in: 'red' | 'green' | 'blue'; deeds: Deed[] }
  /** Creates a red row with an id made by the run. */
  | { mints: string }
  /** Adds pages to the CMS. */
  | { pages: string[] }
  /** Parallel branches. */
  | { branches: Record<string, Act[]> }
  | { waitMs: number }
  /** Waits for the signal. */
  | { waitFor: 'goOn' }
  | { throw: 'problem' | 'bug' }

const change = { red: write.changeRed, green: write.changeGreen, blue: write.changeBlue }

/** The signal that a waiting workflow continues on. */
export const goOn = defineSignal('goOn')

/** Resolves when the workflow has got the signal. */
export function toldToGoOn(): Promise<void> {
  let isTold = false
  setHandler(goOn, () => {
    isTold = true
  })
  return condition(() => isTold)
}

/** Executes the parts in a saga. */
export async function performActs({ acts, inSaga }: { acts: Act[]; inSaga: boolean }): Promise<void> {
  if (!inSaga) return perform(acts, (act) => act())
  await withSaga(async (saga) => perform(acts, saga.step))
}

type Step = <T>(act: () => Promise<T>, undo?: () => Promise<unknown>) => Promise<T>

async function perform(acts: Act[], step: Step): Promise<void> {
  for (const act of acts) await performOne(act, step)
}

async function performOne(act: Act, step: Step): Promise<unknown> {
  if ('in' in act) return step(() => change[act.in](act.deeds))
  if ('mints' in act) {
    const id = newId('thing')
    return step(() => write.changeRed([{ do: 'create', rows: [{ id, name: act.mints }] }]))
  }
  if ('waitMs' in act) return sleep(act.waitMs)
  if ('waitFor' in act) return toldToGoOn()
  if ('branches' in act) {
    return each(
      Object.keys(act.branches),
      (name) => name,
      (name) => perform(act.branches[name]!, step),
    )
  }
  if ('pages' in act) {
    const pages = act.pages.map((id) => ({ id, name: id, handle: id }))
    return step(
      () => call.createBrandsInCms(pages, runMark()),
      () => undo.deleteBrandsFromCms(pages, runMark()),
    )
  }
  if (act.throw === 'problem') throw new Problem('conflict', 'no more', 'NO_MORE')
  const nothing: { there?: { at: string } } = {}
  return nothing.there!.at
}
