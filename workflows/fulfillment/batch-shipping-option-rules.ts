import { withIds } from '../../framework/workflow/index.ts'
import type { ShippingOptionRule } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

type Rule = Pick<ShippingOptionRule, 'attribute' | 'operator' | 'value'>

export interface BatchShippingOptionRulesInput {
  shipping_option_id: string
  create: Rule[]
  update: (Rule & { id: string })[]
  delete: string[]
}

/** Creates, updates and deletes rules of a shipping option. Refused if a rule belongs to another option. */
export async function batchShippingOptionRules(input: BatchShippingOptionRulesInput) {
  const create = withIds('sorul', input.create)
  await write.changeShippingOptionRules({ ...input, create })
  return {
    created: create.map(({ id }) => id),
    updated: input.update.map(({ id }) => id),
    deleted: input.delete,
  }
}
