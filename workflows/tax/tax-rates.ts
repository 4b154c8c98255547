import { actor, withIds } from '../../framework/workflow/index.ts'
import type { TaxRate } from '../../modules/tax/models.ts'
import { write } from '../steps.ts'
import { type Rule, ruleRows } from './tax-rate-rules.ts'

interface TaxRateFields {
  rate?: number
  code?: string
  name?: string
  is_default?: boolean
  is_combinable?: boolean
  metadata?: Record<string, unknown> | null
  rules?: Rule[]
}

type NewTaxRate = TaxRateFields & { code: string; name: string; tax_region_id: string }

/** Creates rates with their rules. Refused if a region would have two default rates. */
export async function createTaxRates({ tax_rates }: { tax_rates: NewTaxRate[] }): Promise<TaxRate[]> {
  const created_by = actor()
  const rates = withIds('txr', tax_rates)
  return write.createTaxRates(
    rates.map(({ rules: _, ...rate }) => ({ ...rate, created_by })),
    rates.flatMap(({ id, rules = [] }) => ruleRows(id, rules)),
  )
}

/** If rules are given, they replace those of the rate. */
export async function updateTaxRates({
  tax_rates,
}: {
  tax_rates: (TaxRateFields & { id: string })[]
}): Promise<TaxRate[]> {
  return write.updateTaxRates({
    tax_rates: tax_rates.map(({ rules: _, ...rate }) => rate),
    rulesOf: tax_rates.flatMap(({ id, rules }) => (rules ? [id] : [])),
    rules: tax_rates.flatMap(({ id, rules = [] }) => ruleRows(id, rules)),
  })
}

/** Deletes rates with their rules. */
export async function deleteTaxRates({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteTaxRates(ids)
}
