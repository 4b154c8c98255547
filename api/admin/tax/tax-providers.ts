import * as filter from '../../../framework/http/filters.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'
import type { View } from '../../../framework/http/view.ts'

const view: View = {
  entity: 'tax_provider',
  one: 'tax_provider',
  many: 'tax_providers',
  fields: { defaults: ['id', 'is_enabled'] },
}

export const taxProviders = createRouter()
lists(taxProviders, view, { path: '/admin/tax-providers', limit: 20, filters: { is_enabled: filter.flag() } })
