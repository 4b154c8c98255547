/** The framework's own steps: taking back, events, and what the clock and operators ask for. */
import type { Client } from '@temporalio/client'
import { type Dispatcher, dispatchRun, settleDelivery } from '../events/dispatch.ts'
import { replayEvent } from '../events/events.ts'
import { publishEvents } from '../events/publish.ts'
import { takeBack } from '../journal/take-back.ts'
import type { ColumnRules, RunKey } from '../journal/undo.ts'
import { settleConflict, undoRun } from '../journal/undo-run.ts'
import type { Column } from '../model/model.ts'
import type { Module } from '../model/module.ts'
import type { Query } from '../query.ts'
import { freeLeases } from '../sweeper/leases.ts'
import { dispatchLeftEvents, retryDeliveries } from '../sweeper/left-events.ts'
import { findLostRuns, reviveLostRun } from '../sweeper/lost-runs.ts'
import { prune } from '../sweeper/prune.ts'
import type { Envelope, Enveloped } from '../workflow/event.ts'
import type { DeliveryKey } from '../workflow/step.ts'
import type { LostRun, TakeBackScope, TakenBack } from '../workflow/steps.ts'
import { breakPoint } from './break-point.ts'
import { refusing, type Stage } from './perform.ts'
import { QUERY_STEP, queryStep } from './query-step.ts'
import { once } from './receipts.ts'
import { currentStep } from './step-context.ts'

export type Activity = (...input: never[]) => Promise<unknown>

/** What the framework's own steps need. */
export interface OwnStage extends Stage {
  modules: Module[]
  client: Client
  taskQueue: string
  keepDays: number
  query: Query
}

export function createOwnActivities(stage: OwnStage): Record<string, Activity> {
  const { db, client, modules, subscriptions } = stage
  const dispatcher: Dispatcher = stage
  const rules = columnRules(modules)
  const activities: Record<string, Activity> = {
    takeBack: (failure: TakenBack, scope: TakeBackScope) => takeBack(db, rules, currentStep(), failure, scope),
    publish: (envelope: Envelope) => {
      const step = currentStep()
      return once(
        db,
        { step, method: 'publish', kind: 'write', input: [envelope] },
        async (trx): Promise<Enveloped> => {
          const undelivered = await publishEvents(trx, step, envelope.turriEvents, subscriptions)
          return { turriAnswer: null, undelivered }
        },
      )
    },
    dispatch: () => dispatchRun(dispatcher, currentStep()),
    settleDelivery: (delivery: DeliveryKey, failure: TakenBack | null) => settleDelivery(db, delivery, failure),
    undoRun: (run: RunKey) => refusing(() => undoRun({ db, client, rules }, currentStep(), run)),
    findLostRuns: () => findLostRuns(stage),
    reviveLostRun: (run: LostRun) => reviveLostRun(stage, run),
    dispatchLeftEvents: () => dispatchLeftEvents(dispatcher),
    retryDeliveries: () => retryDeliveries(dispatcher),
    freeLeases: () => freeLeases(stage, modules),
    prune: () => prune(stage, stage.keepDays),
    replayEvent: (event: string, subscriber?: string) => refusing(() => replayEvent(dispatcher, event, subscriber)),
    settleConflict: (id: string, how: 'retry' | 'dismiss') =>
      refusing(() => settleConflict({ db, rules }, currentStep(), id, how)),
  }
  return { ...watched(activities), [QUERY_STEP]: queryStep(stage, stage.query) }
}

/** Lets the tests kill the worker after any of them. */
function watched(activities: Record<string, Activity>): Record<string, Activity> {
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

/** What undoing has to know of the columns of these modules. */
export function columnRules(modules: Module[]): ColumnRules {
  const tables = new Map<string, [string, Column][]>(
    modules.flatMap(({ name, models }) =>
      Object.values(models).map((model) => [`${name}.${model.table}`, Object.entries(model.columns)]),
    ),
  )
  const columnsOf = (entity: string) => tables.get(entity) ?? []
  return {
    counters: (entity) =>
      columnsOf(entity)
        .filter(([, column]) => column.isCounter)
        .map(([name]) => name),
    hasSecrets: (entity) => columnsOf(entity).some(([, column]) => column.isSecret),
  }
}
