/** Checks of campaigns, their budgets and promotions. */
import { Problem } from '../../../framework/problem.ts'
import type { Campaign, CampaignBudget } from '../campaigns.ts'

export type Budget = Pick<CampaignBudget, 'type'> &
  Partial<Pick<CampaignBudget, 'currency_code' | 'limit' | 'attribute'>>
type Times = Partial<Pick<Campaign, 'starts_at' | 'ends_at'>>

const ATTRIBUTES = ['customer_id', 'customer_email']

/** @throws Problem `invalid_data` if a campaign ends before it starts. */
export function refuseTimes({ starts_at, ends_at }: Times): void {
  if (starts_at && ends_at && Date.parse(ends_at) <= Date.parse(starts_at)) {
    throw new Problem('invalid_data', 'A campaign cannot end before it starts')
  }
}

/** Returns the budget with its currency in lower case. @throws Problem `invalid_data` if fields are missing or do not fit the type. */
export function checkedBudget<B extends Budget>(budget: B): B {
  const { type, currency_code, attribute } = budget
  refuseLimit(budget.limit)
  const isMoney = type === 'spend' || type === 'spend_by_attribute'
  if (isMoney && !currency_code) throw refused(type, 'needs a currency_code')
  if (!isMoney && currency_code) throw refused(type, 'takes no currency_code')
  const isByAttribute = type === 'use_by_attribute' || type === 'spend_by_attribute'
  if (isByAttribute && !ATTRIBUTES.includes(attribute ?? '')) {
    throw refused(type, `needs an attribute: ${ATTRIBUTES.join(' or ')}`)
  }
  if (!isByAttribute && attribute) throw refused(type, 'takes no attribute')
  return { ...budget, ...(currency_code && { currency_code: currency_code.toLowerCase() }) }
}

/** @throws Problem `invalid_data` if the limit is negative. */
export function refuseLimit(limit: string | null | undefined): void {
  if (Number(limit ?? 0) < 0) throw new Problem('invalid_data', 'The limit of a budget cannot be less than nothing')
}

/** @throws Problem `invalid_data` if the budget of a campaign has another currency than a promotion. */
export function refuseForeign(
  campaign: { budget?: { currency_code?: string | null } | null | undefined },
  promotion: { code: string; currency_code?: string | null | undefined },
): void {
  const theirs = campaign.budget?.currency_code
  const { code, currency_code } = promotion
  if (!theirs || !currency_code || theirs === currency_code) return
  const text = `The promotion ${code} is in ${currency_code}, but the budget of its campaign is in ${theirs}`
  throw new Problem('invalid_data', text)
}

function refused(type: string, what: string): Problem {
  return new Problem('invalid_data', `A budget of the type ${type} ${what}`)
}
