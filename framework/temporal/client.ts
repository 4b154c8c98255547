/** The one way to a client of Temporal. */
import { Client, type ClientOptions } from '@temporalio/client'
import type { Config } from '../config.ts'
import { dataConverterOf } from './data-converter.ts'

/** A client on a connection, in the namespace of the configuration, that encrypts where there is a key. */
export function createClient(connection: NonNullable<ClientOptions['connection']>, config: Config): Client {
  const { namespace } = config.temporal.connect
  return new Client({ connection, namespace, dataConverter: dataConverterOf(config) })
}
