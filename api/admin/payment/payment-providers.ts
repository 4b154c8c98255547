import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'

const representation: Representation = {
  entity: 'payment_provider',
  one: 'payment_provider',
  many: 'payment_providers',
  fields: { defaults: ['id', 'is_enabled'] },
}

export const paymentProviders = createRouter()
lists(paymentProviders, representation, {
  path: '/admin/payments/payment-providers',
  limit: 20,
  filters: { is_enabled: filter.flag() },
})
