import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { createRegions, deleteRegions, updateRegions } from '../../../workflows/region/regions.ts'

const MAX_COUNTRIES = 300
const MAX_PROVIDERS = 100

const fields = {
  name: z.string(),
  currency_code: z.string(),
  countries: z.array(z.string()).max(MAX_COUNTRIES).optional(),
  automatic_taxes: z.boolean().optional(),
  is_tax_inclusive: z.boolean().optional(),
  payment_providers: z.array(z.string()).max(MAX_PROVIDERS).optional(),
  metadata: metadata().optional(),
}
const representation: Representation = {
  entity: 'region',
  one: 'region',
  many: 'regions',
  fields: {
    defaults: [
      'id',
      'name',
      'currency_code',
      'created_at',
      'updated_at',
      'deleted_at',
      'automatic_taxes',
      'metadata',
      '*countries',
    ],
  },
  missing: (id) => `Region with id: ${id} not found`,
}

export const regions = resource({
  representation,
  path: '/admin/regions',
  list: { limit: 50, filters: { ...filter.texts('currency_code', 'name'), ...filter.dates() } },
  body: fields,
  workflows: { create: createRegions, update: updateRegions, delete: deleteRegions },
})
