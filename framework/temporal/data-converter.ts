/** The data converter of all clients, workers and the workflow bundle. */
import { fileURLToPath } from 'node:url'
import type { Client } from '@temporalio/client'
import { type DataConverter, defaultPayloadConverter, type Payload } from '@temporalio/common'
import { encryptionCodec } from './codec.ts'
import type { EncryptionKey } from './keys.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** The files of the payload converter and the failure converter. */
export const convertersOf = ({ encrypted }: { encrypted: boolean }) => ({
  payloadConverterPath: here('./payload-converter.cjs'),
  failureConverterPath: here(encrypted ? './encoding-failure-converter.cjs' : './failure-converter.cjs'),
})

/** With keys, payloads and failures are encrypted. Without keys, reading an encrypted payload is an error. */
export function dataConverterOf({ keys }: { keys: EncryptionKey[] }): DataConverter {
  return {
    ...convertersOf({ encrypted: keys.length > 0 }),
    payloadCodecs: [encryptionCodec(keys)],
  }
}

type Slot = { owner: Record<string, unknown>; key: string; payload: Payload }

/**
 * Decodes, in place, every payload and failure of raw messages of the SDK.
 *
 * @example const { events } = await decodeMessages(client, await handle.fetchHistory())
 */
export async function decodeMessages<T extends object>(client: Client, messages: T): Promise<T> {
  const slots: Slot[] = []
  collect(messages, slots)
  let payloads = slots.map(({ payload }) => payload)
  for (const codec of client.options.loadedDataConverter.payloadCodecs.toReversed()) {
    payloads = await codec.decode(payloads)
  }
  slots.forEach(({ owner, key }, at) => {
    owner[key] = payloads[at]
    if (key === 'encodedAttributes') restoreMessage(owner, payloads[at]!)
  })
  return messages
}

function collect(owner: object, slots: Slot[]): void {
  for (const [key, value] of Object.entries(owner)) {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue
    if (isPayload(value)) slots.push({ owner: owner as Record<string, unknown>, key, payload: value })
    else collect(value, slots)
  }
}

function isPayload(value: object): value is Payload {
  const { metadata } = value as Payload
  return typeof metadata === 'object' && metadata !== null && 'encoding' in metadata
}

function restoreMessage(failure: Record<string, unknown>, attributes: Payload): void {
  const { message, stack_trace } = defaultPayloadConverter.fromPayload<Record<string, string>>(attributes)
  Object.assign(failure, { message, stackTrace: stack_trace })
}
