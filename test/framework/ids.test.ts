import { decodeTime, isValid } from 'ulid'
import { newUlid } from '../../framework/new-ulid.ts'
import { ulidOf } from '../../framework/workflow/ulid.ts'

const seed = '01a200e6-f481-7cdb-aa27-afc8092c49d1'
const id = (n: number, path = '', of = seed) => ulidOf(1_700_000_000_000, { seed: of, path, n })

test('an id is a ULID of the time, the same whenever it is made again', () => {
  expect(isValid(id(0))).toBe(true)
  expect(decodeTime(id(0))).toBe(1_700_000_000_000)
  expect(id(7, 'acme/')).toBe(id(7, 'acme/'))
})

test('ids of one branch rise in the order they are made', () => {
  const made = Array.from({ length: 5000 }, (_, n) => id(n))
  expect([...made].sort()).toEqual(made)
})

test('no two ids of a run are the same, across branches and beyond 32,768 of one', () => {
  const made = new Set<string>()
  for (let n = 0; n < 70_000; n++) made.add(id(n))
  for (let branch = 0; branch < 5000; branch++) for (let n = 0; n < 4; n++) made.add(id(n, `b${branch}/`))
  expect(made.size).toBe(90_000)
})

test('another run has other ids, also one of the same moment', () => {
  const sameMoment = ['01a200e6-f481-7cda-aa27-afc8092c49d1', '01a200e6-f481-7cdb-aa27-afc8092c49d0']
  expect(new Set([seed, ...sameMoment].map((run) => id(0, '', run))).size).toBe(3)
})

test('ids of requests are ULIDs of now, each another, of all letters at every place', () => {
  const before = Date.now()
  const ids = Array.from({ length: 10_000 }, newUlid)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !isValid(id) || decodeTime(id) < before || decodeTime(id) > Date.now())).toEqual([])
  const lettersAt = Array.from({ length: 16 }, (_, i) => new Set(ids.map((id) => id[10 + i])).size)
  expect(lettersAt).toEqual(Array(16).fill(32))
})
