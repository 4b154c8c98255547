import fc from 'fast-check'
import { groupHandle, handleFrom, productHandle } from '../../../modules/product/rules/handle.ts'
import { refusalOf } from '../../support/refusal.ts'

const noChance = () => 'x1y2z3'

test.each([
  ['Große Hose!', 'grosse-hose'],
  ['  T-Shirt_2  (new)  ', 't-shirt-2-new'],
  ["Men's - Shoes", 'mens-shoes'],
  ['a - - _ b', 'a-b'],
  ['Ä É', 'ä-é'],
  ['靴 42', '靴-42'],
  ['--', ''],
  ['!?', ''],
  ['', ''],
])('from the title %j comes the handle %j', (title, handle) => {
  expect(handleFrom(title)).toBe(handle)
})

test('the handle of a product is the one given, or made from its title, or from chance', () => {
  expect(productHandle('given-1', 'Title', noChance)).toBe('given-1')
  expect(productHandle(undefined, 'The Title', noChance)).toBe('the-title')
  expect(productHandle('', 'The Title', noChance)).toBe('the-title')
  expect(productHandle(undefined, '!', noChance)).toBe('product-x1y2z3')
})

test.each(['A', 'a b', 'a--b', '-a', 'a-', 'a_b', 'a/b', 'a?', '-', ' '])('%j is no handle of a product', (handle) => {
  expect(refusalOf(() => productHandle(handle, 'Title', noChance))).toEqual({
    type: 'invalid_data',
    message: `Invalid product handle '${handle}'. It must contain URL safe characters`,
  })
})

test.each(['a', '1', 'a-1-b', 'ä', '靴', '٣'])('%j is one', (handle) => {
  expect(productHandle(handle, 'Title', noChance)).toBe(handle)
})

test('of a title in Latin letters and digits the handle is always valid', () => {
  const words = fc.string({ unit: fc.constantFrom(...'aZ9äß -_!"ÉŒ') })
  fc.assert(fc.property(words, (title) => void productHandle(undefined, title, noChance)))
})

test('the handle of a collection or category is any that is given, else from its title, else its id', () => {
  const id = 'pcol_01ABC'
  expect(groupHandle({ id, handle: 'As Given' }, 'The Title')).toBe('As Given')
  expect(groupHandle({ id, handle: '' }, 'The Title')).toBe('the-title')
  expect(groupHandle({ id }, 'The Title')).toBe('the-title')
  expect(groupHandle({ id }, '!')).toBe('pcol-01abc')
})
