/** Checks of application methods. */
import { Problem } from '../../../framework/problem.ts'
import type { ApplicationMethod, Promotion } from '../models.ts'

/** The method of a new promotion, or a stored one with its changes. */
export type Method = Pick<ApplicationMethod, 'type' | 'target_type'> &
  Partial<
    Pick<
      ApplicationMethod,
      'allocation' | 'max_quantity' | 'apply_to_quantity' | 'buy_rules_min_quantity' | 'currency_code'
    >
  > & { value?: string | number | null }

/** The number of rules of each kind. */
export interface RuleCounts {
  target: number
  buy: number
}

/**
 * Returns the method with its defaults: the discount of an order is allocated across its items, and currencies are in lower case.
 *
 * @throws Problem `invalid_data` if fields are missing or contradict each other.
 */
export function checkedMethod<M extends Method>(type: Promotion['type'], input: M, rules: RuleCounts): M {
  const { target_type, currency_code } = input
  const method: M = {
    ...input,
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
