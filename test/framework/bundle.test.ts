import { mkdirSync, mkdtempSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createLogger } from '../../framework/log.ts'
import { workflowBundle } from '../../framework/temporal/bundle.ts'

mkdirSync('.turri/test', { recursive: true })
const folder = mkdtempSync(resolve('.turri/test/bundle-'))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const bundle = (entry: string, queueByMethod = {}, encrypted = false, hooks?: string) =>
  workflowBundle({
    entries: [entry],
    ...(hooks && { hooks }),
    queueByMethod,
    encrypted,
    cache: join(folder, 'cache'),
    log: createLogger({ level: 'silent' }),
  })

test('a bundle is made once, and again only when one of its files has changed', async () => {
  file('part.ts', 'export const answer = 1')
  const entry = file('entry.ts', "import { answer } from './part.ts'\nexport async function one() { return answer }")
  const first = await bundle(entry)
  const made = statSync(first).mtimeMs
  utimesSync(entry, new Date(), new Date())
  expect(await bundle(entry)).toBe(first)
  expect(statSync(first).mtimeMs).toBe(made)
  file('part.ts', 'export const answer = 2')
  expect(await bundle(entry)).not.toBe(first)
  expect(await bundle(entry, { createBrands: 'elsewhere' })).not.toBe(first)
  expect(await bundle(entry, {}, true)).not.toBe(await bundle(entry))
})

test('two workflows of one name are refused', async () => {
  file('a.ts', 'export async function same() { return 1 }')
  file('b.ts', 'export async function same() { return 2 }')
  const entry = file('twice.ts', "export * from './a.ts'\nexport * from './b.ts'")
  await expect(bundle(entry)).rejects.toThrow(`Two workflows have the name 'same': see the exports of ${entry}`)
})

test('what a file of hooks exports has to handle one', async () => {
  const hooks = file('hooks.ts', 'export const none = null')
  const entry = file('hooked.ts', 'export async function any() {}')
  await expect(bundle(entry, {}, false, hooks)).rejects.toThrow(
    `${hooks} exports 'none', which handles no hook: make it`,
  )
})

test('a file that is not there is named', async () => {
  const entry = file('broken.ts', "export * from './nowhere.ts'")
  await expect(bundle(entry)).rejects.toThrow(/cannot be bundled:\n.*Cannot find module.*nowhere.ts/)
})
