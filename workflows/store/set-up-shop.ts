import type { SetUpInput } from '../../framework/project.ts'
import { setUpFulfillment } from '../fulfillment/set-up-fulfillment.ts'
import { read, write } from '../steps.ts'

const PAYMENT_PROVIDERS = ['pp_system_default']
const TAX_PROVIDERS = ['tp_system']
const CURRENCY = 'eur'

/**
 * Makes what a fresh shop lacks of that which a shop cannot be without. A worker starts it whenever it starts; once all is there
 * it is one read. Each of its writes makes only what is missing by then, so two at once make nothing twice.
 */
export async function setUpShop(_: SetUpInput): Promise<void> {
  const { stores, profiles, fulfillmentProviders, paymentProviders, taxProviders } = await read.queries({
    stores: { entity: 'store', fields: ['id'], limit: 1 },
    profiles: { entity: 'shipping_profile', fields: ['id'], limit: 1 },
    fulfillmentProviders: { entity: 'fulfillment_provider', fields: ['id'], limit: 1 },
    paymentProviders: { entity: 'payment_provider', fields: ['id'], filters: { id: PAYMENT_PROVIDERS } },
    taxProviders: { entity: 'tax_provider', fields: ['id'], filters: { id: TAX_PROVIDERS } },
  })
  if (paymentProviders.length < PAYMENT_PROVIDERS.length) await write.createPaymentProviders(PAYMENT_PROVIDERS)
  if (taxProviders.length < TAX_PROVIDERS.length) await write.createTaxProviders(TAX_PROVIDERS)
  if (profiles.length === 0 || fulfillmentProviders.length === 0) await setUpFulfillment()
  if (stores.length === 0) await write.createFirstStore({ currency_code: CURRENCY })
}

/** One at a time: whoever asks while it runs joins it. */
setUpShop.subject = ({ shop }: SetUpInput) => shop
