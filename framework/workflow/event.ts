/** Events: what a change tells its subscribers. */
import { currentRunState } from './branch.ts'
import type { MakeId } from './ulid.ts'

/**
 * The name of an event → the data of each event. A string is an id, and short for `{ id }`.
 *
 * @example { 'brand.created': ids, 'brand.merged': [{ id, into }] }
 */
export type Events = Record<string, readonly (string | object)[]>

/** An event as it is stored. */
export interface NewEvent {
  id: string
  name: string
  data: object
}

/** Options of a write, its last argument. */
export interface WriteOptions {
  /** Events to publish in the transaction of the write. Subscribers run once the change is complete. */
  emits: Events
}

export function isWriteOptions(value: unknown): value is WriteOptions {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'emits'
}

/** An event as a subscriber gets it. */
export interface ChangeEvent<T = unknown> {
  id: string
  /** Such as `brand.created`. */
  name: string
  /** Usually ids only: other fields may have changed by the time a subscriber runs. */
  data: T
  /** The time of the event, ISO 8601 in UTC. */
  at: string
}

/**
 * A workflow that runs once for each event of the listed names.
 *
 * @example
 * export async function addPagesOfNewBrands({ data }: ChangeEvent<{ id: string }>) { … }
 * addPagesOfNewBrands.events = ['brand.created']
 */
export interface Subscriber {
  // biome-ignore lint/suspicious/noExplicitAny: each subscriber has its own type of data
  (event: ChangeEvent<any>): Promise<unknown>
  events: string[]
}

/** The answer of a write that published events. */
export interface Enveloped {
  turriAnswer: unknown
  /** Whether any of the events has a subscriber. */
  undelivered: boolean
}

/** The rows to store, in the order of the events. */
export function eventRows(events: Events, newId: MakeId): NewEvent[] {
  return Object.entries(events).flatMap(([name, happened]) =>
    happened.map((one) => ({ id: newId('evt'), name, data: typeof one === 'string' ? { id: one } : one })),
  )
}

/** The answer of a write without its envelope. Records in the run state whether there are events to dispatch. */
export function unwrapAnswer(answer: unknown): unknown {
  if (!isEnveloped(answer)) return answer
  if (answer.undelivered) currentRunState().undelivered = true
  return answer.turriAnswer
}

export function isEnveloped(answer: unknown): answer is Enveloped {
  return typeof answer === 'object' && answer !== null && 'turriAnswer' in answer
}
