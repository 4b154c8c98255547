import * as filter from '../../../framework/http/filters.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import {
  createPricePreferences,
  deletePricePreferences,
  updatePricePreferences,
} from '../../../workflows/pricing/price-preferences.ts'

export const pricePreferences = resource({
  representation: {
    entity: 'price_preference',
    fields: { defaults: ['id', 'attribute', 'value', 'is_tax_inclusive', 'created_at', 'deleted_at', 'updated_at'] },
  },
  path: '/admin/price-preferences',
  list: { limit: 300, filters: filter.texts('attribute', 'value') },
  body: { attribute: z.string(), value: z.string(), is_tax_inclusive: z.boolean().optional() },
  workflows: { create: createPricePreferences, update: updatePricePreferences, delete: deletePricePreferences },
})
