import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { link } from '../../framework/link/module.ts'
import type { Query } from '../../framework/query.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import { apiKey } from '../../modules/api-key/index.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { salesChannel } from '../../modules/sales-channel/index.ts'
import { store } from '../../modules/store/index.ts'
import { allowStores, refuseCurrencies, refuseTwice, type StoreChange } from '../../modules/store/rules/stores.ts'
import { shape } from '../../query/shape.ts'

interface SupportedCurrency {
  currency_code: string
  is_default?: boolean
  /** Whether prices in the currency include taxes. */
  is_tax_inclusive?: boolean
}

/** Currencies and locales replace those of the store. */
export type StoreUpdate = Omit<StoreChange, 'supported_currencies' | 'supported_locales'> & {
  supported_currencies?: SupportedCurrency[]
  supported_locales?: { locale_code: string }[]
}

export const storeActivities = defineActivities(store, {
  decide: {
    createFirstStore: decide({
      modules: { store, salesChannel, apiKey, pricing, link },
      rule: (_, input: { currency_code: string }, newId) => firstStore(input.currency_code, newId),
      write: async ({ store, salesChannel, apiKey, pricing, link }, rows) => {
        const created = await store.createFirstStore(rows.store)
        if (created.length === 0) return // a concurrent run has created it
        await pricing.setPricePreferences([rows.preference])
        await salesChannel.createSalesChannels([rows.channel])
        await apiKey.createApiKeys([rows.key])
        await link.changeLinks([{ link: 'publishable_api_key_sales_channel', add: [rows.opens] }])
      },
    }),
    updateStores: decide({
      modules: { store, pricing },
      facts: knownCurrencies,
      rule: (known, stores, newId) => {
        for (const one of stores) refuseContradictions(one)
        const currencies = stores.flatMap(({ supported_currencies = [] }) => supported_currencies)
        return {
          stores: allowStores(
            known,
            stores.map((one) => storeRows(one, newId)),
          ),
          preferences: currencies.map((one) => preferenceOf(one, newId)),
        }
      },
      write: async ({ store, pricing }, { stores, preferences }) => {
        const updated = await store.updateStores(stores)
        await pricing.setPricePreferences(preferences)
        return updated
      },
    }),
  },
})

/** The rows of the store, its sales channel, and a publishable key for the channel. */
function firstStore(currency_code: string, newId: MakeId) {
  const channel = { id: newId('sc'), name: 'Default Sales Channel', description: 'Created with the shop' }
  const key = {
    id: newId('apk'),
    title: 'Default Publishable API Key',
    type: 'publishable' as const,
    created_by: 'set-up',
  }
  return {
    store: {
      id: newId('store'),
      default_sales_channel_id: channel.id,
      supported_currencies: [{ id: newId('stocur'), currency_code, is_default: true }],
    },
    preference: { id: newId('prpref'), attribute: 'currency_code' as const, value: currency_code },
    channel,
    key,
    opens: { publishable_key_id: key.id, sales_channel_id: channel.id },
  }
}

const Currency = shape('currency', { code: true })

async function knownCurrencies(query: Query, stores: StoreUpdate[]): Promise<string[]> {
  const codes = stores.flatMap(({ supported_currencies = [] }) => supported_currencies.map(codeOf))
  return (await query.find(Currency, { id: codes })).map(({ code }) => code)
}

const codeOf = ({ currency_code }: SupportedCurrency) => currency_code.toLowerCase()

function refuseContradictions({ supported_currencies, supported_locales }: StoreUpdate): void {
  if (supported_currencies) {
    refuseCurrencies(supported_currencies.map((one) => ({ ...one, currency_code: codeOf(one) })))
  }
  if (supported_locales) {
    refuseTwice(
      'locale',
      supported_locales.map(({ locale_code }) => locale_code),
    )
  }
}

function storeRows({ supported_currencies, supported_locales, ...store }: StoreUpdate, newId: MakeId): StoreChange {
  return {
    ...store,
    ...(supported_currencies && {
      supported_currencies: supported_currencies.map(({ is_default = false, ...currency }) => ({
        id: newId('stocur'),
        currency_code: codeOf(currency),
        is_default,
      })),
    }),
    ...(supported_locales && {
      supported_locales: supported_locales.map(({ locale_code }) => ({ id: newId('stloc'), locale_code })),
    }),
  }
}

function preferenceOf({ is_tax_inclusive, ...currency }: SupportedCurrency, newId: MakeId) {
  return { id: newId('prpref'), attribute: 'currency_code' as const, value: codeOf(currency), is_tax_inclusive }
}
