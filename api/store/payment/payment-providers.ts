import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, z } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'
import { Problem } from '../../../framework/problem.ts'

const REGION_NEEDED = 'You must provide the region_id to list payment providers'
const fields = ['id', 'is_enabled']

/** The payment providers that are available in a region. */
const representation: Representation = {
  entity: 'payment_provider',
  one: 'payment_provider',
  many: 'payment_providers',
  fields: { defaults: fields, allowed: fields, maxRelations: 3 },
  params: { region_id: z.string() },
  scope: (_, { region_id }) => {
    if (typeof region_id !== 'string' || region_id === '') throw new Problem('not_allowed', REGION_NEEDED)
    return { filters: { regions: { id: region_id }, is_enabled: true } }
  },
}

export const storePaymentProviders = createRouter()
lists(storePaymentProviders, representation, { path: '/store/payment-providers', limit: 20 })
