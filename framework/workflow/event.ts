/** Events: what a change says has happened, to whoever wants to know. */
import { currentPath, currentRunState } from './branch.ts'
import { newId } from './ids.ts'

/** An event as a workflow emits it. */
export interface EmittedEvent {
  id: string
  name: string
  data: unknown
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

/**
 * Says that something has happened. It is written in the transaction of this branch's next `write`, or at the end of the
 * change in one of its own; subscribers hear of it once the change is complete, and never where it is taken back.
 *
 * @param data one object for each event.
 * @example emit('brand.created', ...brands.map(({ id }) => ({ id })))
 */
export function emit(name: string, ...data: object[]): void {
  const path = currentPath()
  const { unsent } = currentRunState()
  for (const one of data) unsent.push({ path, event: { id: newId('evt'), name, data: one } })
}

/**
 * The same for rows, or their ids: one event `{ id }` for each.
 *
 * @returns the rows.
 * @example await write.createBrands(emitIds('brand.created', brands))
 */
export function emitIds<R extends readonly (string | { id: string })[]>(name: string, rows: R): R {
  emit(name, ...rows.map((row) => ({ id: typeof row === 'string' ? row : row.id })))
  return rows
}

/** The last argument of a write that takes events along; `perform.ts` takes it off again. */
export interface Envelope {
  turriEvents: EmittedEvent[]
}

/** What a write answers that took events along. */
export interface Enveloped {
  turriAnswer: unknown
  /** Whether anybody subscribes to them. */
  undelivered: boolean
}

/** The arguments of a write, with the events that this branch has emitted so far. */
export function withEvents(args: unknown[]): unknown[] {
  const path = currentPath()
  const events = takeEvents((from) => from === path)
  return events.length === 0 ? args : [...args, { turriEvents: events } satisfies Envelope]
}

/** What nobody has written, in an order that is the same on every pass. */
export function leftEvents(): EmittedEvent[] {
  return takeEvents(() => true).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function takeEvents(wanted: (path: string) => boolean): EmittedEvent[] {
  const { unsent } = currentRunState()
  const taken = unsent.filter(({ path }) => wanted(path))
  unsent.splice(0, unsent.length, ...unsent.filter(({ path }) => !wanted(path)))
  return taken.map(({ event }) => event)
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
