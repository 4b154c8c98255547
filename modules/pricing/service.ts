import { sql } from 'kysely'
import { Service } from '../../framework/model/service.ts'
import type { PricePreference, PriceSet } from './models.ts'

/** Whether prices of a currency, or in a region, include taxes; where it is not said, it stays, and is not so at first. */
export interface PricePreferenceSetting {
  id: string
  attribute: 'currency_code' | 'region_id'
  value: string
  is_tax_inclusive?: boolean | undefined
}

export class PricingService extends Service<{ price_set: typeof PriceSet; price_preference: typeof PricePreference }> {
  /** One for each attribute and value: made where there is none, changed where it says otherwise. */
  setPricePreferences = async (settings: PricePreferenceSetting[]): Promise<void> => {
    const sorted = settings.toSorted((a, b) => (a.value < b.value ? -1 : 1)) // two at once wait for each other, not in a circle
    await this.rows.price_preference.createMissing(
      sorted.map((setting) => ({ ...setting, is_tax_inclusive: setting.is_tax_inclusive ?? false })),
      ['attribute', 'value'],
    )
    const said = sorted.filter(({ is_tax_inclusive }) => is_tax_inclusive !== undefined)
    await sql`
      update ${this.table('price_preference')} as preference
      set is_tax_inclusive = given.is_tax_inclusive, updated_at = now()
      from json_to_recordset(${JSON.stringify(said)}::json) as given (attribute text, value text, is_tax_inclusive boolean)
      where preference.attribute = given.attribute and preference.value = given.value and preference.deleted_at is null
        and preference.is_tax_inclusive <> given.is_tax_inclusive`.execute(this.db)
  }
}
