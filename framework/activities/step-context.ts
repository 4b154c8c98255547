/** Passes the step's header from Temporal to the code that performs the step. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Context } from '@temporalio/activity'
import { defaultPayloadConverter } from '@temporalio/common'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import { STEP_HEADER, type StepHeader } from '../workflow/step.ts'

const steps = new AsyncLocalStorage<StepHeader>()

/** For the worker's `interceptors.activity`. */
export const stepInterceptor: ActivityInterceptorsFactory = () => {
  let step: StepHeader | undefined
  return {
    inbound: {
      execute: (input, next) => {
        const payload = input.headers[STEP_HEADER]
        if (!payload) return next(input)
        step = defaultPayloadConverter.fromPayload<StepHeader>(payload)
        return steps.run(step, () => next(input))
      },
    },
    outbound: {
      getLogAttributes: (input, next) => ({
        ...next(input),
        ...(step && { stepKey: step.key, requestId: step.requestId }),
      }),
    },
  }
}

/** The header of the current step. */
export function currentStep(): StepHeader {
  const step = steps.getStore()
  if (!step) {
    const { activityType } = Context.current().info
    throw new Error(`${activityType} was not called by a workflow of this framework: its step header is missing`)
  }
  return step
}
