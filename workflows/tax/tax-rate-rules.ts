import { actor, newId } from '../../framework/workflow/index.ts'
import type { TaxRateRule } from '../../modules/tax/models.ts'
import { write } from '../steps.ts'

export type Rule = Pick<TaxRateRule, 'reference' | 'reference_id'>

/** Refused if a rate does not exist. */
export async function createTaxRateRules(input: {
  tax_rate_rules: (Rule & { tax_rate_id: string })[]
}): Promise<TaxRateRule[]> {
  return write.createTaxRateRules(
    input.tax_rate_rules.flatMap(({ tax_rate_id, ...rule }) => ruleRows(tax_rate_id, [rule])),
  )
}

/** Deletes rules of one rate. Refused if a rule belongs to another rate. */
export async function deleteTaxRateRules({ ids, parentId }: { ids: string[]; parentId: string }): Promise<string[]> {
  return write.deleteTaxRateRules(ids, parentId)
}

export function ruleRows(tax_rate_id: string, rules: readonly Rule[]) {
  const created_by = actor()
  return rules.map((rule) => ({ ...rule, id: newId('txrule'), tax_rate_id, created_by }))
}
