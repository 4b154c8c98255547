import { checkedMethod } from '../../../modules/promotion/rules/method.ts'
import { refusalOf } from '../../support/refusal.ts'

type Method = Parameters<typeof checkedMethod>[1]
const method = (more: Partial<Method> = {}): Method => ({
  type: 'fixed',
  target_type: 'items',
  allocation: 'each',
  max_quantity: 1,
  ...more,
})
const buyget = (more: Partial<Method> = {}) =>
  method({ apply_to_quantity: 1, buy_rules_min_quantity: 2, max_quantity: 3, ...more })
const NO_RULES = { target: 0, buy: 0 }
const refusal = (type: 'standard' | 'buyget', given: Method, rules = NO_RULES) => {
  const { type: kind, message } = refusalOf(() => checkedMethod(type, given, rules))
  expect(kind).toBe('invalid_data')
  return message
}

test.each([
  method(),
  method({ allocation: 'once', max_quantity: 5, value: '0' }),
  method({ allocation: 'across', max_quantity: null }),
  method({ target_type: 'shipping_methods', type: 'percentage', value: '100' }),
  method({ value: '100.01', currency_code: null }),
])('the method %j is taken as it is', (given) => {
  expect(checkedMethod('standard', given, { target: 2, buy: 0 })).toEqual(given)
})

test('what is taken off the whole order is spread across it, whatever is given', () => {
  for (const allocation of ['each', null, undefined] as const) {
    const given = {
      type: 'fixed' as const,
      target_type: 'order' as const,
      ...(allocation !== undefined && { allocation }),
    }
    expect(checkedMethod('standard', given, NO_RULES)).toEqual({ ...given, allocation: 'across' })
  }
})

test('a currency is kept in lower case', () => {
  expect(checkedMethod('standard', method({ currency_code: 'EUR' }), NO_RULES).currency_code).toBe('eur')
})

test.each([
  [method({ value: '-0.01' }), 'The value of an application method cannot be less than nothing'],
  [method({ type: 'percentage', value: '100.01' }), 'A percentage is at most 100'],
  [method({ allocation: null }), 'An application method for items needs an allocation: each, across or once'],
  [
    { type: 'fixed' as const, target_type: 'shipping_methods' as const },
    'An application method for shipping_methods needs an allocation: each, across or once',
  ],
  [method({ allocation: 'across' }), 'An allocation across takes no max_quantity'],
  [method({ allocation: 'across', max_quantity: 0 }), 'An allocation across takes no max_quantity'],
  [method({ target_type: 'order' }), 'An allocation across takes no max_quantity'],
  [method({ max_quantity: null }), 'An allocation each needs a max_quantity'],
  [
    { type: 'fixed' as const, target_type: 'items' as const, allocation: 'once' as const },
    'An allocation once needs a max_quantity',
  ],
])('the method %j is refused: %s', (given, message) => {
  expect(refusal('standard', given)).toBe(message)
})

test('rules go only where they say something', () => {
  const order = method({ target_type: 'order', max_quantity: null })
  expect(refusal('standard', order, { target: 1, buy: 0 })).toBe('A promotion of the whole order takes no target rules')
  expect(refusal('standard', method(), { target: 0, buy: 1 })).toBe('Only a buyget promotion takes buy rules')
  expect(checkedMethod('buyget', buyget(), { target: 1, buy: 1 })).toEqual(buyget())
})

test.each([
  [buyget({ apply_to_quantity: 0 }), 'A buyget promotion needs apply_to_quantity and buy_rules_min_quantity'],
  [buyget({ buy_rules_min_quantity: null }), 'A buyget promotion needs apply_to_quantity and buy_rules_min_quantity'],
  [
    buyget({ apply_to_quantity: 4 }),
    'A buyget promotion needs a max_quantity that is not less than its apply_to_quantity',
  ],
  [
    buyget({ allocation: 'across', max_quantity: null }),
    'A buyget promotion needs a max_quantity that is not less than its apply_to_quantity',
  ],
])('of buyget, the method %j is refused: %s', (given, message) => {
  expect(refusal('buyget', given)).toBe(message)
})

test('a buyget promotion may give away as many at most as it gives away at once', () => {
  const given = buyget({ apply_to_quantity: 3, max_quantity: 3 })
  expect(checkedMethod('buyget', given, NO_RULES)).toEqual(given)
})
