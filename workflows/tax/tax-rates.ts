import { actor, withIds } from '../../framework/workflow/index.ts'
import type { TaxRate } from '../../modules/tax/models.ts'
import { write } from '../steps.ts'
import { type Rule, ruleRows } from './tax-rate-rules.ts'

interface Fields {
  rate?: number
  code?: string
  name?: string
  is_default?: boolean
  is_combinable?: boolean
  metadata?: Record<string, unknown> | null
  rules?: Rule[]
}

type NewTaxRate = Fields & { code: string; name: string; tax_region_id: string }

/** Adds tax rates with their rules: all of it, or none where a region has a default rate already. */
export async function createTaxRates({ tax_rates }: { tax_rates: NewTaxRate[] }): Promise<TaxRate[]> {
  const created_by = actor()
  const added = withIds('txr', tax_rates)
  return write.createTaxRates(
    added.map(({ rules: _, ...rate }) => ({ ...rate, created_by })),
    added.flatMap(({ id, rules = [] }) => ruleRows(id, rules)),
  )
}

/** Changes what is given and leaves the rest; rules that are given are all that a rate has. */
export async function updateTaxRates({ tax_rates }: { tax_rates: (Fields & { id: string })[] }): Promise<TaxRate[]> {
  return write.updateTaxRates({
    tax_rates: tax_rates.map(({ rules: _, ...rate }) => rate),
    rulesOf: tax_rates.flatMap(({ id, rules }) => (rules ? [id] : [])),
    rules: tax_rates.flatMap(({ id, rules = [] }) => ruleRows(id, rules)),
  })
}

/** Deletes tax rates with their rules. */
export async function deleteTaxRates({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteTaxRates(ids)
}
