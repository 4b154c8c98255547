/** What the docs show of our code is our code. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')

test.each([
  ['README.md', 1],
  ['docs/plain-resource.md', 5],
  ['docs/change-over-modules.md', 4],
])('the pieces of %s are cut out of the sources', (page, count) => {
  const pieces = [...read(page).matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)]
  expect(pieces).toHaveLength(count)
  for (const [, path, piece] of pieces) expect(read(path!)).toContain(piece!)
})
