import { Problem } from '../../../framework/problem.ts'

/** A store as it is to be. */
export interface StoreChange {
  id: string
  name?: string
  default_sales_channel_id?: string | null
  default_region_id?: string | null
  default_location_id?: string | null
  metadata?: Record<string, unknown> | null
  /** All of them, where they are given. */
  supported_currencies?: { id: string; currency_code: string; is_default: boolean }[]
  supported_locales?: { id: string; locale_code: string }[]
}

/** @throws Problem `invalid_data` where there is not exactly one default, or a code is there twice. */
export function refuseCurrencies(currencies: readonly { currency_code: string; is_default?: boolean }[]): void {
  refuseTwice(
    'currency',
    currencies.map(({ currency_code }) => currency_code),
  )
  const defaults = currencies.filter(({ is_default }) => is_default).length
  if (defaults === 0) throw new Problem('invalid_data', 'There should be a default currency set for the store')
  if (defaults > 1) throw new Problem('invalid_data', 'Only one default currency is allowed')
}

/** @throws Problem `invalid_data` where a code is there twice. */
export function refuseTwice(what: string, codes: readonly string[]): void {
  const twice = codes.find((code, at) => codes.indexOf(code) !== at)
  if (twice !== undefined) throw new Problem('invalid_data', `The ${what} ${twice} is given twice`)
}

/** The codes of all currencies that are in these changes, once. */
export function currenciesOf(stores: readonly StoreChange[]): string[] {
  const codes = stores.flatMap(({ supported_currencies = [] }) => supported_currencies)
  return [...new Set(codes.map(({ currency_code }) => currency_code))]
}

/** The changes, where every currency of theirs is among those known. @throws Problem `invalid_data` */
export function allowStores(known: readonly string[], stores: StoreChange[]): StoreChange[] {
  const unknown = currenciesOf(stores).filter((code) => !known.includes(code))
  if (unknown.length > 0) {
    throw new Problem('invalid_data', `Currencies with codes: "${unknown.join(', ')}" do not exist`)
  }
  return stores
}
