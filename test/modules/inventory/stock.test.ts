import fc from 'fast-check'
import {
  placeKey,
  refuseInsufficient,
  refuseLevelsInUse,
  refuseUnstocked,
} from '../../../modules/inventory/rules/stock.ts'
import { refusalOf } from '../../support/refusal.ts'

const at = (inventory_item_id: string, location_id: string) => ({ inventory_item_id, location_id })
const place = at('iitem_1', 'sloc_1')
type Level = Parameters<typeof refuseLevelsInUse>[0][number]
const level = (quantities: Partial<Level> = {}): Level => ({
  id: 'ilev_1',
  ...place,
  stocked_quantity: '0',
  reserved_quantity: '0',
  incoming_quantity: '0',
  backorder_quantity: '0',
  metadata: null,
  created_at: '2026-05-01T00:00:00.000Z',
  updated_at: '2026-05-01T00:00:00.000Z',
  deleted_at: null,
  ...quantities,
})

test.each([
  [{ reserved_quantity: '0.0001', stocked_quantity: '3' }, true, 'some of it is reserved'],
  [{ incoming_quantity: '2' }, true, 'some of it is on its way'],
  [{ stocked_quantity: '1' }, false, 'some of it is in stock; say force to delete it'],
])('a level with %j is kept, force being %p', (quantities, force, why) => {
  const message = `The level of item iitem_1 at location sloc_1 cannot be deleted: ${why}`
  expect(refusalOf(() => refuseLevelsInUse([level(), level(quantities)], force))).toEqual({
    type: 'not_allowed',
    message,
  })
})

test('a level that is empty may go, and with force one that is in stock', () => {
  expect(refuseLevelsInUse([], false)).toBeUndefined()
  expect(
    refuseLevelsInUse([level(), level({ stocked_quantity: '-1', reserved_quantity: '0.000' })], false),
  ).toBeUndefined()
  expect(refuseLevelsInUse([level({ stocked_quantity: '5' })], true)).toBeUndefined()
})

test('an item is stocked where it has a level, of all its locations', () => {
  const levels = [at('iitem_1', 'sloc_1'), at('iitem_2', 'sloc_2')]
  expect(refuseUnstocked([], [])).toBeUndefined()
  expect(refuseUnstocked([...levels, ...levels], levels)).toBeUndefined()
  expect(refusalOf(() => refuseUnstocked([...levels, at('iitem_1', 'sloc_2')], levels))).toEqual({
    type: 'not_found',
    message: 'Item iitem_1 is not stocked at location sloc_2',
  })
})

test('where too little is there, the first such place is named', () => {
  expect(refuseInsufficient([])).toBeUndefined()
  expect(refusalOf(() => refuseInsufficient([place, at('iitem_2', 'sloc_2')]))).toEqual({
    type: 'not_allowed',
    message: 'Not enough stock available for item iitem_1 at location sloc_1',
    code: 'insufficient_inventory',
  })
})

test('a place is the same for the same item and location only, whatever characters their ids have', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      expect(placeKey(at(a, b)) === placeKey(at(c, d))).toBe(a === c && b === d)
    }),
  )
  expect(placeKey(at('a', 'b,c'))).not.toBe(placeKey(at('a,b', 'c')))
})
