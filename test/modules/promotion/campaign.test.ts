import { checkedBudget, refuseForeign, refuseLimit, refuseTimes } from '../../../modules/promotion/rules/campaign.ts'
import { refusalOf } from '../../support/refusal.ts'

const invalid = (message: string) => ({ type: 'invalid_data', message })

test('a campaign ends after it starts', () => {
  const starts_at = '2026-05-02T00:00:00+02:00'
  const refusal = invalid('A campaign cannot end before it starts')
  expect(refusalOf(() => refuseTimes({ starts_at, ends_at: '2026-05-01T21:00:00Z' }))).toEqual(refusal)
  expect(refusalOf(() => refuseTimes({ starts_at, ends_at: '2026-05-01T22:00:00Z' }))).toEqual(refusal) // at once
  expect(refuseTimes({ starts_at, ends_at: '2026-05-01T22:00:01Z' })).toBeUndefined()
  expect(refuseTimes({ starts_at, ends_at: null })).toBeUndefined()
  expect(refuseTimes({ starts_at: null, ends_at: '2020-01-01T00:00:00Z' })).toBeUndefined()
  expect(refuseTimes({})).toBeUndefined()
})

test.each([
  [{ type: 'usage' as const }, {}],
  [{ type: 'usage' as const, currency_code: null, attribute: null, limit: null }, {}],
  [{ type: 'usage' as const, limit: '0' }, {}],
  [{ type: 'spend' as const, currency_code: 'EUR', limit: '10.50' }, { currency_code: 'eur' }],
  [{ type: 'use_by_attribute' as const, attribute: 'customer_email' }, {}],
  [{ type: 'spend_by_attribute' as const, attribute: 'customer_id', currency_code: 'usd' }, {}],
])('the budget %j is whole', (budget, changed) => {
  expect(checkedBudget(budget)).toEqual({ ...budget, ...changed })
})

const ATTRIBUTE = 'needs an attribute: customer_id or customer_email'

test.each([
  [{ type: 'spend' as const }, 'needs a currency_code'],
  [{ type: 'spend_by_attribute' as const, attribute: 'customer_id', currency_code: '' }, 'needs a currency_code'],
  [{ type: 'usage' as const, currency_code: 'eur' }, 'takes no currency_code'],
  [{ type: 'use_by_attribute' as const, attribute: 'customer_id', currency_code: 'eur' }, 'takes no currency_code'],
  [{ type: 'use_by_attribute' as const }, ATTRIBUTE],
  [{ type: 'spend_by_attribute' as const, currency_code: 'eur', attribute: 'colour' }, ATTRIBUTE],
  [{ type: 'usage' as const, attribute: 'customer_id' }, 'takes no attribute'],
  [{ type: 'spend' as const, currency_code: 'eur', attribute: 'customer_id' }, 'takes no attribute'],
])('the budget %j is refused: it %s', (budget, what) => {
  expect(refusalOf(() => checkedBudget(budget))).toEqual(invalid(`A budget of the type ${budget.type} ${what}`))
})

test('the limit of a budget is nothing or more', () => {
  const refusal = invalid('The limit of a budget cannot be less than nothing')
  expect(refusalOf(() => refuseLimit('-0.01'))).toEqual(refusal)
  expect(refusalOf(() => checkedBudget({ type: 'usage', limit: '-1' }))).toEqual(refusal)
  for (const limit of ['0', '0.01', null, undefined]) expect(refuseLimit(limit)).toBeUndefined()
})

test('a budget counts money in the currency of its promotions', () => {
  const campaign = (currency_code: string | null) => ({ budget: { currency_code } })
  expect(refusalOf(() => refuseForeign(campaign('eur'), { code: 'TEN', currency_code: 'usd' }))).toEqual(
    invalid('The promotion TEN is in usd, but the budget of its campaign is in eur'),
  )
  expect(refuseForeign(campaign('eur'), { code: 'TEN', currency_code: 'eur' })).toBeUndefined()
  expect(refuseForeign(campaign('eur'), { code: 'TEN', currency_code: null })).toBeUndefined() // a percentage
  expect(refuseForeign(campaign('eur'), { code: 'TEN' })).toBeUndefined()
  expect(refuseForeign(campaign(null), { code: 'TEN', currency_code: 'usd' })).toBeUndefined()
  expect(refuseForeign({ budget: null }, { code: 'TEN', currency_code: 'usd' })).toBeUndefined()
  expect(refuseForeign({}, { code: 'TEN', currency_code: 'usd' })).toBeUndefined()
})
