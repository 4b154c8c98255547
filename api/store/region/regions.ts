import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'

const own = ['id', 'name', 'currency_code', 'created_at', 'updated_at', 'deleted_at', 'metadata']
const countries = ['id', 'iso_2', 'iso_3', 'num_code', 'name', 'display_name'].map((name) => `countries.${name}`)
const providers = ['payment_providers', 'payment_providers.id', 'payment_providers.is_enabled']
const representation: Representation = {
  entity: 'region',
  one: 'region',
  many: 'regions',
  fields: {
    defaults: [...own, '*countries'],
    allowed: [...own, 'countries', ...countries, ...providers],
    maxRelations: 3,
  },
  missing: (id) => `Region with id: ${id} not found`,
}

export const storeRegions = resource({
  representation,
  path: '/store/regions',
  list: { limit: 50, filters: filter.texts('currency_code', 'name') },
})
