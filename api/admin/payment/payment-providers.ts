import * as filter from '../../../framework/http/filters.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'
import type { View } from '../../../framework/http/view.ts'

const view: View = {
  entity: 'payment_provider',
  one: 'payment_provider',
  many: 'payment_providers',
  fields: { defaults: ['id', 'is_enabled'] },
}

export const paymentProviders = createRouter()
lists(paymentProviders, view, {
  path: '/admin/payments/payment-providers',
  limit: 20,
  filters: { is_enabled: filter.flag() },
})
