/** The subscribers of each event. */
import { pathToFileURL } from 'node:url'
import type { Subscriber } from '../workflow/event.ts'

/** Returns the names of an event's subscribers. */
export type Subscriptions = (event: string) => string[]

/**
 * Loads the subscribers of a project.
 *
 * @param file the file whose exported functions are subscribers; default: no subscribers
 * @throws if a subscriber does not list its events.
 */
export async function loadSubscriptions(file: string | undefined): Promise<Subscriptions> {
  const byEvent = new Map<string, string[]>()
  const exports = file ? ((await import(pathToFileURL(file).href)) as Record<string, Subscriber>) : {}
  for (const [name, subscriber] of Object.entries(exports)) {
    if (!Array.isArray(subscriber.events) || subscriber.events.length === 0) {
      throw new Error(`The subscriber ${name} has no events: set ${name}.events = ['brand.created'] or similar`)
    }
    for (const event of subscriber.events) byEvent.set(event, [...(byEvent.get(event) ?? []), name])
  }
  return (event) => byEvent.get(event) ?? []
}
