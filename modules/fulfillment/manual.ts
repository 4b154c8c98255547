import type { FulfillmentProvider } from './provider.ts'

/** Somebody packs it and takes it to the post: nothing outside is asked. */
export const manual: FulfillmentProvider = {
  identifier: 'manual',
  calculatesPrices: false,
  listOptions: async () => [{ id: 'manual-fulfillment' }, { id: 'manual-fulfillment-return', is_return: true }],
}
