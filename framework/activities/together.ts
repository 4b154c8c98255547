/** `together`: several writes of several modules as one step, in one transaction. */

import { secretColumns } from '../model/model.ts'
import type { Module } from '../model/module.ts'
import type { NotedWrite } from '../workflow/steps.ts'
import { type StepDeps, type Work, withReceipt } from './perform.ts'

export const TOGETHER = 'together'

/** @param works what each write does, by its name. */
export function togetherStep(deps: StepDeps & { modules: Module[] }, works: ReadonlyMap<string, Work>) {
  const all = deps.modules.flatMap(({ name, models }) =>
    Object.values(models).map((model) => [`${name}.${model.table}`, model] as const),
  )
  const secrets = new Set(all.flatMap(([, model]) => secretColumns(model)))
  const call = { method: TOGETHER, kind: 'write' as const, secrets, models: Object.fromEntries(all) }
  return withReceipt(deps, call, async (trx, [noted]) => {
    for (const [name, input] of noted as NotedWrite[]) {
      const work = works.get(name)
      if (!work) throw new Error(`${name} is no write of this project`)
      await work.perform(trx, input)
    }
    return null
  })
}
