import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'

const representation: Representation = {
  entity: 'tax_provider',
  one: 'tax_provider',
  many: 'tax_providers',
  fields: { defaults: ['id', 'is_enabled'] },
}

export const taxProviders = createRouter()
lists(taxProviders, representation, { path: '/admin/tax-providers', limit: 20, filters: { is_enabled: filter.flag() } })
