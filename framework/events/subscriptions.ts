/** Which subscribers wait for which events. */
import { pathToFileURL } from 'node:url'
import type { Subscriber } from '../workflow/event.ts'

/** The names of the subscribers of an event. */
export type Subscriptions = (event: string) => string[]

/**
 * Reads the subscribers of a project.
 *
 * @param file the file whose exported functions are subscribers; none where it is left out.
 * @throws when one does not say which events it waits for.
 */
export async function loadSubscriptions(file: string | undefined): Promise<Subscriptions> {
  const byEvent = new Map<string, string[]>()
  const exports = file ? ((await import(pathToFileURL(file).href)) as Record<string, Subscriber>) : {}
  for (const [name, subscriber] of Object.entries(exports)) {
    if (!Array.isArray(subscriber.events) || subscriber.events.length === 0) {
      throw new Error(`The subscriber ${name} waits for nothing: say ${name}.events = ['brand.created'], or the like`)
    }
    for (const event of subscriber.events) byEvent.set(event, [...(byEvent.get(event) ?? []), name])
  }
  return (event) => byEvent.get(event) ?? []
}
