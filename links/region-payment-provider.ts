import { defineLink } from '../framework/link/define-link.ts'

/** The payment providers of a region. */
export const regionPaymentProvider = defineLink({
  name: 'region_payment_provider',
  prefix: 'regpp',
  left: {
    entity: 'region',
    many: true,
    via: 'payment_provider_link',
    aliases: { payment_providers: 'payment_provider_link.payment_provider' },
  },
  right: {
    entity: 'payment_provider',
    many: true,
    via: 'region_link',
    aliases: { regions: 'region_link.region' },
  },
})
