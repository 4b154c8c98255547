import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import type { View } from '../../framework/http/view.ts'
import {
  createPricePreferences,
  deletePricePreferences,
  updatePricePreferences,
} from '../../workflows/pricing/price-preferences.ts'

const fields = { attribute: z.string(), value: z.string(), is_tax_inclusive: z.boolean().optional() }
const view: View = {
  entity: 'price_preference',
  one: 'price_preference',
  many: 'price_preferences',
  fields: { defaults: ['id', 'attribute', 'value', 'is_tax_inclusive', 'created_at', 'deleted_at', 'updated_at'] },
}

export const pricePreferences = resource({
  view,
  path: '/admin/price-preferences',
  list: { limit: 300, filters: filter.texts('attribute', 'value') },
  create: z.strictObject(fields).openapi('NewPricePreference'),
  update: z.strictObject(fields).partial().openapi('PricePreferenceChange'),
  workflows: { create: createPricePreferences, update: updatePricePreferences, delete: deletePricePreferences },
})
