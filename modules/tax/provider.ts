import { SYSTEM_TAX_PROVIDER, systemTaxLines, type TaxableItem, type TaxLine } from './rules/system-tax-lines.ts'

/** The circumstances of a sale or return. */
export interface TaxContext {
  /** Codes are in lower case. */
  address: { country_code: string; province_code?: string | null; postal_code?: string | null; city?: string | null }
  customer?: { id: string; email?: string | null; customer_groups?: readonly string[] }
  /** Whether returned items are taxed. */
  is_return?: boolean
}

/** Safe to repeat: the same input yields the same tax lines. */
export interface TaxProvider {
  /** `tp_<name>`, the `provider_id` of tax regions. */
  readonly id: string
  /** Returns one line for each tax that is due on an item, and none for an item without taxes. */
  getTaxLines(items: readonly TaxableItem[], context: TaxContext): Promise<TaxLine[]>
}

/** Uses the tax rates of the shop. */
export const systemTaxProvider: TaxProvider = {
  id: SYSTEM_TAX_PROVIDER,
  getTaxLines: async (items) => systemTaxLines(items),
}
