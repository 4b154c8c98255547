import { SYSTEM_TAX_PROVIDER, systemTaxLines, type TaxableItem, type TaxLine } from './rules/system-tax-lines.ts'

/** For whom and where taxes are asked for. */
export interface TaxContext {
  /** Codes are in lower case. */
  address: { country_code: string; province_code?: string | null; postal_code?: string | null; city?: string | null }
  customer?: { id: string; email?: string | null; customer_groups?: readonly string[] }
  /** Whether what comes back is taxed, not what is sold. */
  is_return?: boolean
}

/** Who says what taxes are due. Safe to ask again: the answer to the same question is the same. */
export interface TaxProvider {
  /** `tp_<name>`; tax regions of countries name their provider by it. */
  readonly id: string
  /** One line for each tax that is due on an item; none for an item that is free of taxes. */
  getTaxLines(items: readonly TaxableItem[], context: TaxContext): Promise<TaxLine[]>
}

/** By the shop's own tax rates. */
export const systemTaxProvider: TaxProvider = {
  id: SYSTEM_TAX_PROVIDER,
  getTaxLines: async (items) => systemTaxLines(items),
}
