import { sql } from 'kysely'
import { Service } from '../../framework/model/service.ts'
import type { models, Store } from './models.ts'
import type { StoreChange } from './rules/stores.ts'

type Currencies = NonNullable<StoreChange['supported_currencies']>
type Locales = NonNullable<StoreChange['supported_locales']>

export class StoreService extends Service<typeof models> {
  /** Creates the store if there is none; of two calls at once, one does. @returns an empty list if there is one. */
  createFirstStore = async ({ supported_currencies = [], ...store }: StoreChange): Promise<Store[]> => {
    await sql`lock table ${this.table('store')} in share row exclusive mode`.execute(this.db)
    if ((await this.rows.store.list({ limit: 1 })).length > 0) return []
    const created = await this.rows.store.create([store])
    await this.rows.store_currency.create(
      supported_currencies.map((currency) => ({ ...currency, store_id: store.id })),
      { returning: false },
    )
    return created
  }

  /** Updates the row of the store first, so that concurrent updates of its currencies wait for each other. */
  updateStores = async (stores: StoreChange[]): Promise<Store[]> => {
    const updated = await this.rows.store.update(
      stores.map(({ supported_currencies: _, supported_locales: __, ...store }) => store),
    )
    for (const { id, supported_currencies, supported_locales } of stores) {
      if (supported_currencies) await this.#setCurrencies(id, supported_currencies)
      if (supported_locales) await this.#setLocales(id, supported_locales)
    }
    return updated
  }

  /** Clears the former default before it sets the new one, as a unique index allows only one. */
  async #setCurrencies(store_id: string, wanted: Currencies): Promise<void> {
    const table = this.rows.store_currency
    const stored = await this.#codesOf(store_id, 'store_currency', 'currency_code')
    const byCode = new Map(wanted.map((currency) => [currency.currency_code, currency]))
    await table.softDelete(stored.filter(({ code }) => !byCode.has(code)).map(({ id }) => id))
    const kept = stored.flatMap(({ id, code }) => {
      const currency = byCode.get(code)
      byCode.delete(code)
      return currency ? [{ id, is_default: currency.is_default }] : []
    })
    await table.update(kept.filter(({ is_default }) => !is_default))
    await table.update(kept.filter(({ is_default }) => is_default))
    await table.create([...byCode.values()].map((currency) => ({ ...currency, store_id })))
  }

  async #setLocales(store_id: string, wanted: Locales): Promise<void> {
    const stored = await this.#codesOf(store_id, 'store_locale', 'locale_code')
    const removed = stored.filter(({ code }) => !wanted.some(({ locale_code }) => locale_code === code))
    await this.rows.store_locale.softDelete(removed.map(({ id }) => id))
    const missing = wanted.filter(({ locale_code }) => !stored.some(({ code }) => code === locale_code))
    await this.rows.store_locale.create(
      missing.map((locale) => ({ ...locale, store_id })),
      { returning: false },
    )
  }

  async #codesOf(store_id: string, table: 'store_currency' | 'store_locale', column: string) {
    const { rows } = await sql<{ id: string; code: string }>`
      select id, ${sql.id(column)} as code from ${this.table(table)}
      where store_id = ${store_id} and deleted_at is null order by id`.execute(this.db)
    return rows
  }
}
