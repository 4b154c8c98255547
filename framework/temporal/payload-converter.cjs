/**
 * Like the SDK's JSON converter, but with the platform's TextEncoder: the SDK encodes in JavaScript, which takes ten times as long.
 * CommonJS, because the SDK `require`s and bundles it.
 */
const {
  BinaryPayloadConverter,
  CompositePayloadConverter,
  JsonPayloadConverter,
  METADATA_ENCODING_KEY,
  UndefinedPayloadConverter,
  ValueError,
  encodingKeys,
} = require('@temporalio/common')

class PlatformJsonConverter extends JsonPayloadConverter {
  /** @param {unknown} value */
  toPayload(value) {
    const json = JSON.stringify(value)
    if (json === undefined) return undefined
    return {
      metadata: { [METADATA_ENCODING_KEY]: encodingKeys.METADATA_ENCODING_JSON },
      data: new TextEncoder().encode(json),
    }
  }

  /** @param {import('@temporalio/common').Payload} payload */
  fromPayload({ data }) {
    if (!data) throw new ValueError('Got payload with no data')
    return JSON.parse(new TextDecoder().decode(data))
  }
}

exports.payloadConverter = new CompositePayloadConverter(
  new UndefinedPayloadConverter(),
  new BinaryPayloadConverter(),
  new PlatformJsonConverter(),
)
