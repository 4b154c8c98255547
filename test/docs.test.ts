/** What the docs show of our code is our code. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')

test('the pieces of docs/plain-resource.md are cut out of the sources', () => {
  const pieces = [...read('docs/plain-resource.md').matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)]
  expect(pieces).toHaveLength(5)
  for (const [, path, piece] of pieces) expect(read(path!)).toContain(piece!)
})
