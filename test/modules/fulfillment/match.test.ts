/** Where a zone is, and for whom a shipping option is. */
import { isInGeoZone, matchesRules, type Rule } from '../../../modules/fulfillment/rules/match.ts'

const nowhere = { province_code: null, city: null, postal_expression: null }
const denmark = { ...nowhere, type: 'country' as const, country_code: 'dk' }
const bavaria = { ...nowhere, type: 'province' as const, country_code: 'de', province_code: 'de-by' }
const munich = { ...bavaria, type: 'city' as const, city: 'München' }
const codes = (expression: Record<string, unknown>) => ({
  ...munich,
  type: 'zip' as const,
  postal_expression: expression,
})
const home = { country_code: 'de', province: 'de-by', city: 'München', postal_code: '80331' }

test('a country is where its code is, however it is written', () => {
  expect(isInGeoZone({ country_code: 'DK' }, denmark)).toBe(true)
  expect(isInGeoZone({ country_code: 'de' }, denmark)).toBe(false)
  expect(isInGeoZone({}, denmark)).toBe(false)
})

test('a smaller place asks for all larger ones, too', () => {
  expect(isInGeoZone(home, bavaria)).toBe(true)
  expect(isInGeoZone({ ...home, province: 'DE-BY' }, bavaria)).toBe(true)
  expect(isInGeoZone({ ...home, country_code: 'at' }, bavaria)).toBe(false)
  expect(isInGeoZone({ ...home, province: null }, bavaria)).toBe(false)
  expect(isInGeoZone({ ...home, city: ' münchen ' }, munich)).toBe(true)
  expect(isInGeoZone({ ...home, city: 'Passau' }, munich)).toBe(false)
  expect(isInGeoZone({ ...home, province: 'de-he' }, munich)).toBe(false)
})

test.each([
  [{ type: 'in', values: ['80331', '80333'] }, true],
  [{ type: 'in', values: ['80333'] }, false],
  [{ type: 'in', values: ['803*'] }, true],
  [{ type: 'in', values: ['803'] }, false],
  [{ type: 'range', values: ['80000', '80331'] }, true],
  [{ type: 'range', values: ['80332', '80999'] }, false],
  [{ type: 'range', values: ['8', '9'] }, false],
  [{ type: 'range', values: ['80000'] }, false],
  [{ type: 'range', values: ['80331', '80999'] }, true],
  [{ type: 'moon', values: ['80331'] }, false],
  [{ type: 'moon', values: ['80331', '80331'] }, false],
  [{}, false],
])('of the postal codes %j it is %p that 80331 is one', (expression, expected) => {
  expect(isInGeoZone(home, codes(expression))).toBe(expected)
  expect(isInGeoZone({ ...home, city: 'Passau' }, codes(expression))).toBe(false)
  expect(isInGeoZone({ ...home, postal_code: null }, codes(expression))).toBe(false)
})

test('spaces in postal codes do not count', () => {
  const london = { ...codes({ type: 'in', values: ['SW1A1*'] }) }
  expect(isInGeoZone({ ...home, postal_code: 'sw1a 1aa' }, london)).toBe(true)
})

const known = {
  is_return: 'false',
  item_total: 90,
  customer: { groups: [{ id: 'vip' }, { id: 'staff' }] },
  'shop.name': 'north',
  nobody: null,
  code: '10a',
  at: '2026-05-01T00:00:00Z',
}
const rule = (attribute: string, operator: Rule['operator'], value: string | string[]) => ({
  attribute,
  operator,
  value,
})

test.each([
  [rule('is_return', 'eq', 'false'), true],
  [rule('is_return', 'eq', 'true'), false],
  [rule('is_return', 'ne', 'true'), true],
  [rule('is_return', 'ne', 'false'), false],
  [rule('customer.groups.id', 'in', ['vip', 'press']), true],
  [rule('customer.groups.id', 'in', ['press']), false],
  [rule('customer.groups.id', 'nin', ['press']), true],
  [rule('customer.groups.id', 'nin', ['staff', 'press']), false],
  [rule('customer.groups.id', 'eq', 'staff'), true],
  [rule('item_total', 'gt', '89.5'), true],
  [rule('item_total', 'gt', '90'), false],
  [rule('item_total', 'gte', '90'), true],
  [rule('item_total', 'gte', '100'), false], // as a text it would be less
  [rule('item_total', 'lt', '100'), true],
  [rule('item_total', 'lt', '90'), false],
  [rule('item_total', 'lte', '90'), true],
  [rule('item_total', 'lte', '89'), false],
  [rule('item_total', 'gt', ['80', '100']), false], // of several limits all count
  [rule('item_total', 'gt', ['80', '85']), true],
  [rule('at', 'gt', '2026-04-30T00:00:00Z'), true],
  [rule('at', 'gt', '2026-05-01T00:00:00Z'), false],
  [rule('at', 'gte', '2026-05-01T00:00:00Z'), true],
  [rule('at', 'lt', '2026-05-01T00:00:00Z'), false],
  [rule('code', 'lt', '9'), true], // as texts, where one is no number
  [rule('code', 'gt', ''), true],
  [rule('item_total.net', 'ne', 'x'), true],
  [rule('is_return.length', 'eq', '5'), false],
  [rule('item_total.toFixed', 'in', ['x']), false],
  [rule('nobody', 'eq', 'null'), false],
  [rule('nobody.id', 'ne', 'x'), true],
  [rule('shop.name', 'eq', 'north'), true],
  [rule('nothing', 'eq', 'x'), false],
  [rule('nothing', 'in', ['x']), false],
  [rule('nothing', 'gt', '0'), false],
  [rule('nothing', 'ne', 'x'), true],
  [rule('nothing', 'nin', ['x']), true],
  [rule('constructor', 'eq', 'x'), false],
])('of what is known, %j is %p', (one, expected) => {
  expect(matchesRules([one], known)).toBe(expected)
})

test('all rules must hold, and none always do', () => {
  expect(matchesRules([], known)).toBe(true)
  const [holds, fails] = [rule('is_return', 'eq', 'false'), rule('item_total', 'gt', '90')]
  expect(matchesRules([holds, holds], known)).toBe(true)
  expect(matchesRules([holds, fails], known)).toBe(false)
})
