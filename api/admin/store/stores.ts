import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { updateStores } from '../../../workflows/store/update-stores.ts'

const MAX_CODES = 300

const Currency = z.object({
  currency_code: z.string(),
  is_default: z.boolean().optional(),
  is_tax_inclusive: z.boolean().optional(),
})
const Change = z
  .strictObject({
    name: z.string(),
    supported_currencies: z.array(Currency).max(MAX_CODES),
    supported_locales: z.array(z.object({ locale_code: z.string() })).max(MAX_CODES),
    default_sales_channel_id: z.string().nullable(),
    default_region_id: z.string().nullable(),
    default_location_id: z.string().nullable(),
    metadata: metadata(),
  })
  .partial()
  .openapi('StoreChange')
const representation: Representation = {
  entity: 'store',
  one: 'store',
  many: 'stores',
  fields: {
    defaults: [
      'id',
      'name',
      '*supported_currencies',
      '*supported_currencies.currency',
      'default_sales_channel_id',
      'default_region_id',
      'default_location_id',
      'metadata',
      'created_at',
      'updated_at',
    ],
  },
}

export const stores = resource({
  representation,
  path: '/admin/stores',
  list: { limit: 50, filters: filter.texts('name') },
  update: Change,
  workflows: { update: updateStores },
})
