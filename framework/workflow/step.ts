/** What travels with every step from the workflow to the activity, in a header. */

export interface StepHeader {
  workflowId: string
  /** The first run of the chain: it stays the same when the workflow continues as new. */
  runId: string
  /** How often the workflow has continued as new. */
  generation: number
  key: string
  /** Steps of a taking back are allowed where others find the tombstone. */
  undoing: boolean
  /** The change has been cancelled: a step that was done answers, one that was not is refused. */
  cancelled: boolean
  /** Who asked for the change: the id of a user, customer or key, or what else it was. */
  actor: string
  /** The HTTP request that began it, for the logs. */
  requestId?: string
}

export const STEP_HEADER = 'turri-step'

/** Names who asked for a change; travels with its start, and with whatever it starts. */
export const ACTOR_HEADER = 'turri-actor'

/** The type of the failure that a step of a cancelled run answers with, the same as Temporal's own. */
export const CANCELLED = 'CancelledFailure'

/** One subscriber's share of one event. */
export interface DeliveryKey {
  event: string
  subscriber: string
}

/** The type of the failure of a step that may not be repeated, where it is not known whether it has happened. */
export const OUTCOME_UNKNOWN = 'OUTCOME_UNKNOWN'

/** What the API notes in a workflow's memo. */
export interface ChangeMemo {
  requestId?: string
  /** Tells a repeated request from another one under the same key. */
  digest?: string
  generation?: number
  /** What generations below this one did stands: their saga was complete. */
  standsBelow?: number
  /** Of a subscriber's run: what it was started for. */
  delivery?: DeliveryKey
  /** Where the workflow stands beyond what Temporal's status says. */
  state?: 'compensating' | 'reverted' | 'incomplete'
  /** How many rows stand because somebody had built on them before they could be taken back. */
  conflicts?: number
  /** The code or type of the problem it was refused with. */
  problem?: string
  [key: string]: unknown
}

/** Why a run is undone, and what its late steps answer with; or why a subscriber failed. */
export interface StoredFailure {
  type: string
  message: string
  problem?: unknown
}
