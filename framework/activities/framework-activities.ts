/** The framework's own steps: undoing, events, and the work of schedules and operators. */
import type { Client } from '@temporalio/client'
import { type Dispatcher, dispatchRun, settleDelivery } from '../events/dispatch.ts'
import { replayEvent } from '../events/events.ts'
import type { ColumnRules } from '../journal/undo.ts'
import { settleConflict, undoRun } from '../journal/undo-run.ts'
import { undoWrites } from '../journal/undo-writes.ts'
import { counterColumns, type Model, secretColumns } from '../model/model.ts'
import type { Module } from '../model/module.ts'
import type { Query } from '../query.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { freeLeases } from '../sweeper/leases.ts'
import { dispatchLeftEvents, retryDeliveries } from '../sweeper/left-events.ts'
import { findLostRuns, reviveLostRun } from '../sweeper/lost-runs.ts'
import { prune } from '../sweeper/prune.ts'
import type { DeliveryKey, StoredFailure } from '../workflow/step.ts'
import type { LostRun, UndoScope } from '../workflow/steps.ts'
import { breakPoint } from './break-point.ts'
import { type StepDeps, withReceipt, withRefusals } from './perform.ts'
import { querySteps } from './query-step.ts'
import { currentStep } from './step-context.ts'

export type Activity = (...input: never[]) => Promise<unknown>

/** Dependencies of the framework's own steps. */
export interface FrameworkDeps extends StepDeps {
  client: Client
  taskQueue: string
  /** Module → task queue, for modules with a queue of their own. */
  moduleTaskQueues: Record<string, string>
  keepDays: number
  query: Query
}

export function createFrameworkActivities(deps: FrameworkDeps): Record<string, Activity> {
  const { db, client, modules } = deps
  const dispatcher: Dispatcher = deps
  const rules = columnRules(modules)
  const activities: Record<string, Activity> = {
    takeBack: (failure: StoredFailure, scope: UndoScope) => undoWrites(db, rules, currentStep(), failure, scope),
    dispatch: () => dispatchRun(dispatcher, currentStep()),
    settleDelivery: (delivery: DeliveryKey, failure: StoredFailure | null) => settleDelivery(db, delivery, failure),
    undoRun: (run: RunKey) => withRefusals(() => undoRun({ db, client, rules }, currentStep(), run)),
    findLostRuns: () => findLostRuns(deps),
    reviveLostRun: (run: LostRun) => reviveLostRun(deps, run),
    dispatchLeftEvents: () => dispatchLeftEvents(dispatcher),
    retryDeliveries: () => retryDeliveries(dispatcher),
    freeLeases: () => freeLeases(deps, modules),
    prune: () => prune(deps, deps.keepDays),
    replayEvent: (event: string, subscriber?: string) => withRefusals(() => replayEvent(dispatcher, event, subscriber)),
    settleConflict: (id: string, how: 'retry' | 'dismiss') =>
      withRefusals(() => settleConflict({ db, rules }, currentStep(), id, how)),
  }
  return {
    ...withBreakPoints(activities),
    publish: withReceipt(deps, { method: 'publish', kind: 'write' }, async () => ({ answer: null })),
    ...querySteps(deps, deps.query),
  }
}

function withBreakPoints(activities: Record<string, Activity>): Record<string, Activity> {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (...input: never[]) => {
        const answer = await activity(...input)
        breakPoint('done', currentStep().key)
        return answer
      },
    ]),
  )
}

/** What undoing has to know about the columns of these modules. */
function columnRules(modules: readonly Module[]): ColumnRules {
  const tables = new Map<string, Model>(
    modules.flatMap(({ name, models }) => Object.values(models).map((model) => [`${name}.${model.table}`, model])),
  )
  const columnsOf = (entity: string, which: (model: Model) => string[]) => {
    const model = tables.get(entity)
    return model ? which(model) : []
  }
  return {
    counters: (entity) => columnsOf(entity, counterColumns),
    hasSecrets: (entity) => columnsOf(entity, secretColumns).length > 0,
  }
}
