import fc from 'fast-check'
import { handleOf } from '../../../modules/brand/rules/handle.ts'

test.each([
  ['North Sea', 'north-sea'],
  ['  Tools & More!  ', 'tools-more'],
  ['Große Straße', 'grosse-strasse'],
  ['CAFÉ Ångström', 'cafe-angstrom'],
  ['A_b--c', 'a-b-c'],
  ['№ 1', 'no-1'],
  ['東京', '東京'],
  ['!?', ''],
  ['', ''],
])('the brand %j has the handle %j', (name, handle) => {
  expect(handleOf(name)).toBe(handle)
})

test('a handle is words joined by single dashes, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(handleOf(name)).toMatch(/^([\p{L}\p{N}]+(-[\p{L}\p{N}]+)*)?$/u)
      expect(handleOf(handleOf(name))).toBe(handleOf(name))
    }),
  )
})
