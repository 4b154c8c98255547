/** What an application method may say (`http-semantics.md` 13). */
import { Problem } from '../../../framework/problem.ts'
import type { ApplicationMethod, Promotion } from '../models.ts'

/** What there is to judge of a method: that of a new promotion, or the stored one with its changes. */
export type Method = Pick<ApplicationMethod, 'type' | 'target_type'> &
  Partial<
    Pick<
      ApplicationMethod,
      'allocation' | 'max_quantity' | 'apply_to_quantity' | 'buy_rules_min_quantity' | 'currency_code'
    >
  > & { value?: string | number | null }

/** How many rules it has of each kind. */
export interface RuleCounts {
  target: number
  buy: number
}

/**
 * What is not said but follows: a promotion of the whole order is spread across it, and currencies are in lower case.
 *
 * @throws Problem `invalid_data` where it contradicts itself, or lacks something.
 */
export function checkedMethod<M extends Method>(type: Promotion['type'], given: M, rules: RuleCounts): M {
  const { target_type, currency_code } = given
  const method: M = {
    ...given,
    ...(target_type === 'order' && { allocation: 'across' }),
    ...(currency_code && { currency_code: currency_code.toLowerCase() }),
  }
  refuseValue(method)
  refuseAllocation(method)
  if (target_type === 'order' && rules.target > 0) throw refused('A promotion of the whole order takes no target rules')
  if (type === 'buyget') refuseBuyget(method)
  else if (rules.buy > 0) throw refused('Only a buyget promotion takes buy rules')
  return method
}

function refuseValue({ type, value }: Method): void {
  const amount = Number(value ?? 0)
  if (amount < 0) throw refused('The value of an application method cannot be less than nothing')
  if (type === 'percentage' && amount > 100) throw refused('A percentage is at most 100')
}

function refuseAllocation({ target_type, allocation, max_quantity }: Method): void {
  if (!allocation) throw refused(`An application method for ${target_type} needs an allocation: each, across or once`)
  const isGiven = max_quantity !== undefined && max_quantity !== null
  if (allocation === 'across' && isGiven) throw refused('An allocation across takes no max_quantity')
  if (allocation !== 'across' && !isGiven) throw refused(`An allocation ${allocation} needs a max_quantity`)
}

function refuseBuyget({ apply_to_quantity, buy_rules_min_quantity, max_quantity }: Method): void {
  if (!apply_to_quantity || !buy_rules_min_quantity) {
    throw refused('A buyget promotion needs apply_to_quantity and buy_rules_min_quantity')
  }
  if (!max_quantity || max_quantity < apply_to_quantity) {
    throw refused('A buyget promotion needs a max_quantity that is not less than its apply_to_quantity')
  }
}

function refused(text: string): Problem {
  return new Problem('invalid_data', text)
}
