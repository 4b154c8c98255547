import { Problem } from '../../../framework/problem.ts'

export interface StoreChange {
  id: string
  name?: string
  default_sales_channel_id?: string | null
  default_region_id?: string | null
  default_location_id?: string | null
  metadata?: Record<string, unknown> | null
  /** Currencies and locales replace those of the store. */
  supported_currencies?: { id: string; currency_code: string; is_default: boolean }[]
  supported_locales?: { id: string; locale_code: string }[]
}

/** @throws Problem `invalid_data` unless there is exactly one default, or if a code is given twice. */
export function refuseCurrencies(currencies: readonly { currency_code: string; is_default?: boolean }[]): void {
  refuseTwice(
    'currency',
    currencies.map(({ currency_code }) => currency_code),
  )
  const defaults = currencies.filter(({ is_default }) => is_default).length
  if (defaults === 0) throw new Problem('invalid_data', 'There should be a default currency set for the store')
  if (defaults > 1) throw new Problem('invalid_data', 'Only one default currency is allowed')
}

/** @throws Problem `invalid_data` if a code is given twice. */
export function refuseTwice(what: string, codes: readonly string[]): void {
  const duplicate = codes.find((code, at) => codes.indexOf(code) !== at)
  if (duplicate !== undefined) throw new Problem('invalid_data', `The ${what} ${duplicate} is given twice`)
}

/** The distinct codes of currencies in the changes. */
export function currenciesOf(stores: readonly StoreChange[]): string[] {
  const codes = stores.flatMap(({ supported_currencies = [] }) => supported_currencies)
  return [...new Set(codes.map(({ currency_code }) => currency_code))]
}

/** @throws Problem `invalid_data` if a currency does not exist. */
export function allowStores(known: readonly string[], stores: StoreChange[]): StoreChange[] {
  const unknown = currenciesOf(stores).filter((code) => !known.includes(code))
  if (unknown.length > 0) {
    throw new Problem('invalid_data', `Currencies with codes: "${unknown.join(', ')}" do not exist`)
  }
  return stores
}
