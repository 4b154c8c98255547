import { sql } from 'kysely'
import type { LockMode } from '../../framework/model/lock-rows.ts'
import type { Change, New } from '../../framework/model/model.ts'
import { notFound } from '../../framework/model/refusals.ts'
import { Service } from '../../framework/model/service.ts'
import type { models } from './models.ts'
import { type Price, type PriceList, type PricePreference, PriceSet } from './models.ts'
import { checkQuantities, type PriceRows, type PriceSetRows } from './rules/new-prices.ts'
import { priceChanges, type StoredPrice } from './rules/price-changes.ts'
import { checkTimes, type PriceListChanges, type PriceListRows } from './rules/price-lists.ts'

/** Whether the prices of a currency or region include taxes. If that is not given, an existing preference stays; default: false */
export interface PricePreferenceSetting {
  id: string
  attribute: 'currency_code' | 'region_id'
  value: string
  is_tax_inclusive?: boolean | undefined
}

export interface ListPriceChanges extends PriceRows {
  updated: Change<typeof Price>[]
  /** Ids of prices whose rules are replaced. */
  replaced: string[]
  deleted: string[]
}

export class PricingService extends Service<typeof models> {
  createPriceSets = async ({ price_sets, ...rows }: PriceSetRows): Promise<string[]> => {
    await this.rows.price_set.create(price_sets, { returning: false })
    await this.#createPrices(rows)
    return price_sets.map(({ id }) => id)
  }

  /**
   * Replaces the prices of sets, except those of price lists. A price with the same id or the same conditions is updated, others are
   * created or deleted. Concurrent calls for the same set wait for each other.
   *
   * @throws Problem `not_found` if a set does not exist.
   */
  replacePrices = async ({ price_set_ids, ...wanted }: PriceRows & { price_set_ids: string[] }): Promise<void> => {
    const changes = priceChanges(await this.#ownPrices(price_set_ids), wanted)
    await this.rows.price.softDelete(changes.deleted)
    await this.rows.price_rule.softDelete(changes.deletedRules)
    await this.#updatePrices(changes.updated)
    await this.#createPrices(changes.created)
  }

  deletePriceSets = (ids: string[]) => this.rows.price_set.softDelete(ids)

  /** Creates or updates the preference of each attribute and value. */
  setPricePreferences = async (settings: PricePreferenceSetting[]): Promise<void> => {
    const sorted = settings.toSorted((a, b) => (a.value < b.value ? -1 : 1)) // one order, to prevent deadlocks
    await this.rows.price_preference.createMissing(
      sorted.map((setting) => ({ ...setting, is_tax_inclusive: setting.is_tax_inclusive ?? false })),
      ['attribute', 'value'],
    )
    const decided = sorted.filter(({ is_tax_inclusive }) => is_tax_inclusive !== undefined)
    await sql`
      update ${this.table('price_preference')} as preference
      set is_tax_inclusive = given.is_tax_inclusive, updated_at = now()
      from json_to_recordset(${JSON.stringify(decided)}::json) as given (attribute text, value text, is_tax_inclusive boolean)
      where preference.attribute = given.attribute and preference.value = given.value and preference.deleted_at is null
        and preference.is_tax_inclusive <> given.is_tax_inclusive`.execute(this.db)
  }

  createPricePreferences = (preferences: New<typeof PricePreference>[]) =>
    this.rows.price_preference.create(preferences)
  updatePricePreferences = (changes: Change<typeof PricePreference>[]) => this.rows.price_preference.update(changes)
  deletePricePreferences = (ids: string[]) => this.rows.price_preference.softDelete(ids)

  createPriceLists = async ({
    price_lists,
    price_list_rules,
    ...rows
  }: PriceListRows & PriceRows): Promise<PriceList[]> => {
    await this.#lockPriceSets(rows.prices)
    const created = await this.rows.price_list.create(price_lists)
    await this.rows.price_list_rule.create(price_list_rules, { returning: false })
    await this.#createPrices(rows)
    return created
  }

  /** Updates the list first, which locks its row: concurrent updates neither mix their rules nor contradict each other's times. */
  updatePriceLists = async ({ price_lists, price_list_rules, replaced }: PriceListChanges): Promise<PriceList[]> => {
    const updated = await this.rows.price_list.update(price_lists)
    updated.forEach(checkTimes)
    await this.rows.price_list_rule.softDelete(await this.#idsOf('price_list_rule', 'price_list_id', replaced))
    await this.rows.price_list_rule.create(price_list_rules, { returning: false })
    return updated
  }

  deletePriceLists = (ids: string[]) => this.rows.price_list.softDelete(ids)

  changePrices = async ({ updated, replaced, deleted, ...created }: ListPriceChanges): Promise<void> => {
    await this.#lockPriceSets([...created.prices, ...updated])
    await this.rows.price.softDelete(deleted)
    await this.rows.price_rule.softDelete(await this.#idsOf('price_rule', 'price_id', replaced))
    await this.#updatePrices(updated)
    await this.#createPrices(created)
  }

  /** Checks the quantities of the updated rows, as one of them may not be given. */
  async #updatePrices(changes: Change<typeof Price>[]): Promise<void> {
    for (const price of await this.rows.price.update(changes)) checkQuantities(price)
  }

  /** Locks the price sets of prices until the step ends. @throws Problem `not_found` if one does not exist. */
  async #lockPriceSets(prices: readonly { price_set_id?: string }[], mode?: LockMode): Promise<void> {
    const ids = prices.flatMap(({ price_set_id }) => price_set_id ?? [])
    const [missing] = await this.rows.price_set.lock(ids, mode)
    if (missing) throw notFound(PriceSet, missing)
  }

  async #idsOf(table: 'price_rule' | 'price_list_rule', column: string, values: string[]): Promise<string[]> {
    if (values.length === 0) return []
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table(table)} where ${sql.id(column)} = any(${values}) and deleted_at is null`.execute(
      this.db,
    )
    return rows.map(({ id }) => id)
  }

  async #createPrices({ prices, price_rules }: PriceRows): Promise<void> {
    await this.rows.price.create(prices, { returning: false })
    await this.rows.price_rule.create(price_rules, { returning: false })
  }

  /** The prices outside of price lists, locked until the step ends. */
  async #ownPrices(price_set_ids: string[]): Promise<StoredPrice[]> {
    await this.#lockPriceSets(
      price_set_ids.map((price_set_id) => ({ price_set_id })),
      'update',
    )
    const { rows } = await sql<StoredPrice>`
      select id, price_set_id, currency_code, min_quantity::text, max_quantity::text, coalesce((
        select json_agg(json_build_object('id', rule.id, 'attribute', attribute, 'operator', operator, 'value', value))
        from ${this.table('price_rule')} as rule where rule.price_id = price.id and rule.deleted_at is null
      ), '[]') as price_rules
      from ${this.table('price')} as price
      where price_set_id = any(${price_set_ids}) and price_list_id is null and deleted_at is null`.execute(this.db)
    return rows
  }
}
