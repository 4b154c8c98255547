/** The header that every step carries from the workflow to the activity. */

export interface StepHeader {
  workflowId: string
  /** The first run of the chain, which stays the same when the workflow continues as new. */
  runId: string
  /** How often the workflow has continued as new. */
  generation: number
  key: string
  /** The step is part of undoing, and so allowed despite the tombstone. */
  undoing: boolean
  /** The change is cancelled: a step that was done returns its stored result, others are refused. */
  cancelled: boolean
  /** The actor that requested the change: the id of a user, customer or API key, or for example `schedule turri-sweep`. */
  actor: string
  /** The HTTP request that started the change, for the logs. */
  requestId?: string
}

export const STEP_HEADER = 'turri-step'

/** The actor that requested a change; passed on to everything the change starts. */
export const ACTOR_HEADER = 'turri-actor'

/** The failure type of a step that is refused because its run is cancelled; the same as Temporal's own. */
export const CANCELLED = 'CancelledFailure'

/** One event for one subscriber. */
export interface DeliveryKey {
  event: string
  subscriber: string
}

/** The failure type of a `once` step of which it is not known whether it happened. */
export const OUTCOME_UNKNOWN = 'OUTCOME_UNKNOWN'

/** The memo of a workflow. */
export interface ChangeMemo {
  requestId?: string
  /** A digest of the request's content: the same key with another content is refused. */
  digest?: string
  generation?: number
  /** The saga of the generations below this one is complete: their effects are not undone. */
  standsBelow?: number
  /** The delivery that a subscriber's run was started for. */
  delivery?: DeliveryKey
  /** A state that Temporal's status does not tell. */
  state?: 'compensating' | 'reverted' | 'incomplete'
  /** How many rows could not be undone because another change has built on them. */
  conflicts?: number
  /** The code or type of the problem that the change was refused with. */
  problem?: string
  [key: string]: unknown
}

/** Why a run is undone, which is also the answer of its late steps; or why a subscriber failed. */
export interface StoredFailure {
  type: string
  message: string
  problem?: unknown
}
