/**
 * The cost of encrypting and decrypting a payload, by size.
 *
 *   npm run bench:codec
 */
import { encryptionCodec } from '../framework/temporal/codec.ts'
import { newKey, parseKeys } from '../framework/temporal/keys.ts'

const KIB = 1024
const MIN_MS = 1000
const codec = encryptionCodec(parseKeys(newKey()))

for (const kib of [0.25, 1, 16, 256, 1024]) {
  const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.alloc(kib * KIB, 'x') }
  const round = async () => codec.decode(await codec.encode([payload]))
  for (let i = 0; i < 200; i++) await round()
  const started = performance.now()
  let rounds = 0
  while (performance.now() - started < MIN_MS) {
    await round()
    rounds++
  }
  const us = ((performance.now() - started) * 1000) / rounds
  console.log(
    `${String(kib).padStart(6)} KiB: ${us.toFixed(0).padStart(6)} µs to encrypt and decrypt, ${(us / kib).toFixed(1)} µs per KiB`,
  )
}
