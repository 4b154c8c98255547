/** The one way to a client of Temporal. */
import { Client, type ClientOptions } from '@temporalio/client'
import type { Config } from '../config.ts'

/** A client on a connection, in the namespace of the configuration. */
export function createClient(connection: NonNullable<ClientOptions['connection']>, config: Config): Client {
  return new Client({ connection, namespace: config.temporal.connect.namespace })
}
