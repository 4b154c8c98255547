/** Creates clients of Temporal. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Client, type ClientOptions, type WorkflowClientInterceptor } from '@temporalio/client'
import { defaultPayloadConverter, type Headers } from '@temporalio/common'
import type { Config } from '../config.ts'
import { ACTOR_HEADER } from '../workflow/step.ts'
import { dataConverterOf } from './data-converter.ts'

/** Creates a client in the configured namespace that encrypts payloads if there is a key. */
export function createClient(connection: NonNullable<ClientOptions['connection']>, config: Config): Client {
  const { namespace } = config.temporal.connect
  const dataConverter = dataConverterOf(config)
  return new Client({ connection, namespace, dataConverter, interceptors: { workflow: [sendActor] } })
}

const actors = new AsyncLocalStorage<string>()

/** Sets the actor of the workflows that `work` starts: an id, not personal data. */
export function asActor<T>(actor: string, work: () => Promise<T>): Promise<T> {
  return actors.run(actor, work)
}

const sendActor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withActor(input.headers) }),
}

function withActor(headers: Headers): Headers {
  const actor = actors.getStore()
  return actor ? { ...headers, [ACTOR_HEADER]: defaultPayloadConverter.toPayload(actor) } : headers
}
