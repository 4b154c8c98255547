import type { FulfillmentProvider } from './provider.ts'

/** Orders are fulfilled by hand; no external system is called. */
export const manual: FulfillmentProvider = {
  identifier: 'manual',
  calculatesPrices: false,
  listOptions: async () => [{ id: 'manual-fulfillment' }, { id: 'manual-fulfillment-return', is_return: true }],
}
