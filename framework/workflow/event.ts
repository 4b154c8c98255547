/** Events: what a change says has happened, to whoever wants to know. */
import { currentRunState } from './branch.ts'
import type { MakeId } from './ulid.ts'

/**
 * What has happened: the name of an event → what it has happened to, an event each. A string is an id, and short for `{ id }`.
 *
 * @example { 'brand.created': ids, 'brand.merged': [{ id, into }] }
 */
export type Events = Record<string, readonly (string | object)[]>

/** An event as it is written. */
export interface NewEvent {
  id: string
  name: string
  data: object
}

/** What can be said with a write, as its last argument. */
export interface WriteOptions {
  /** Events that are written in the transaction of the write. Subscribers hear of them once the change is complete. */
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
  /** Ids, as a rule: by the time it is looked at, the rest may have changed. */
  data: T
  /** When it was written, ISO 8601 in UTC. */
  at: string
}

/**
 * Workflow code that runs once for each event of the names that it lists.
 *
 * @example
 * export async function addPagesOfNewBrands({ data }: ChangeEvent<{ id: string }>) { … }
 * addPagesOfNewBrands.events = ['brand.created']
 */
export interface Subscriber {
  // biome-ignore lint/suspicious/noExplicitAny: each knows the data of its events
  (event: ChangeEvent<any>): Promise<unknown>
  events: string[]
}

/** What a write answers that took events along. */
export interface Enveloped {
  turriAnswer: unknown
  /** Whether anybody subscribes to them. */
  undelivered: boolean
}

/** The rows of events, in their order. */
export function eventsOf(events: Events, newId: MakeId): NewEvent[] {
  return Object.entries(events).flatMap(([name, happened]) =>
    happened.map((one) => ({ id: newId('evt'), name, data: typeof one === 'string' ? { id: one } : one })),
  )
}

/** The answer of a write, out of its envelope. */
export function answerOf(answer: unknown): unknown {
  if (!isEnveloped(answer)) return answer
  if (answer.undelivered) currentRunState().undelivered = true
  return answer.turriAnswer
}

export function isEnveloped(answer: unknown): answer is Enveloped {
  return typeof answer === 'object' && answer !== null && 'turriAnswer' in answer
}
