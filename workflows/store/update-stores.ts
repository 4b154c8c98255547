import { newId } from '../../framework/workflow/index.ts'
import type { Store } from '../../modules/store/models.ts'
import { refuseCurrencies, refuseTwice, type StoreChange } from '../../modules/store/rules/stores.ts'
import { write } from '../steps.ts'

interface SupportedCurrency {
  currency_code: string
  is_default?: boolean
  /** Whether prices in it include taxes. */
  is_tax_inclusive?: boolean
}

type Given = Omit<StoreChange, 'supported_currencies' | 'supported_locales'> & {
  supported_currencies?: SupportedCurrency[]
  supported_locales?: { locale_code: string }[]
}

/** Changes what is given and leaves the rest; currencies and locales that are given are all that a store has. */
export async function updateStores({ stores }: { stores: Given[] }): Promise<Store[]> {
  const changes = stores.map(lowerCased)
  for (const { supported_currencies, supported_locales } of changes) {
    if (supported_currencies) refuseCurrencies(supported_currencies)
    if (supported_locales) {
      refuseTwice(
        'locale',
        supported_locales.map(({ locale_code }) => locale_code),
      )
    }
  }
  const updated = await write.updateStores(changes.map(stored))
  const currencies = changes.flatMap(({ supported_currencies = [] }) => supported_currencies)
  if (currencies.length > 0) await write.setPricePreferences(currencies.map(preferenceOf))
  return updated
}

function lowerCased({ supported_currencies, ...store }: Given): Given {
  if (!supported_currencies) return store
  const lower = (currency: SupportedCurrency) => ({ ...currency, currency_code: currency.currency_code.toLowerCase() })
  return { ...store, supported_currencies: supported_currencies.map(lower) }
}

function stored({ supported_currencies, supported_locales, ...store }: Given): StoreChange {
  return {
    ...store,
    ...(supported_currencies && {
      supported_currencies: supported_currencies.map(({ currency_code, is_default = false }) => ({
        id: newId('stocur'),
        currency_code,
        is_default,
      })),
    }),
    ...(supported_locales && {
      supported_locales: supported_locales.map(({ locale_code }) => ({ id: newId('stloc'), locale_code })),
    }),
  }
}

function preferenceOf({ currency_code, is_tax_inclusive }: SupportedCurrency) {
  return { id: newId('prpref'), attribute: 'currency_code' as const, value: currency_code, is_tax_inclusive }
}
