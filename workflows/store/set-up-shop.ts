import type { SetUpInput } from '../../framework/project.ts'
import { shape } from '../../query/shape.ts'
import { setUpFulfillment } from '../fulfillment/set-up-fulfillment.ts'
import { read, write } from '../steps.ts'

const AnyStore = shape('store', { id: true })
const AnyProfile = shape('shipping_profile', { id: true })
const AnyFulfillmentProvider = shape('fulfillment_provider', { id: true })
const PaymentProvider = shape('payment_provider', { id: true })
const TaxProvider = shape('tax_provider', { id: true })

const PAYMENT_PROVIDERS = ['pp_system_default']
const TAX_PROVIDERS = ['tp_system']
const CURRENCY = 'eur'

/**
 * Creates what every shop needs: a store, providers and a shipping profile. Workers start it whenever they start; if nothing is
 * missing, it is one read. Safe to repeat: each write creates only what is missing.
 */
export async function setUpShop(_: SetUpInput): Promise<void> {
  const { stores, profiles, fulfillmentProviders, paymentProviders, taxProviders } = await read.queries({
    stores: { shape: AnyStore, limit: 1 },
    profiles: { shape: AnyProfile, limit: 1 },
    fulfillmentProviders: { shape: AnyFulfillmentProvider, limit: 1 },
    paymentProviders: { shape: PaymentProvider, filters: { id: PAYMENT_PROVIDERS } },
    taxProviders: { shape: TaxProvider, filters: { id: TAX_PROVIDERS } },
  })
  if (paymentProviders.length < PAYMENT_PROVIDERS.length) await write.createPaymentProviders(PAYMENT_PROVIDERS)
  if (taxProviders.length < TAX_PROVIDERS.length) await write.createTaxProviders(TAX_PROVIDERS)
  if (profiles.length === 0 || fulfillmentProviders.length === 0) await setUpFulfillment()
  if (stores.length === 0) await write.createFirstStore({ currency_code: CURRENCY })
}

/** One at a time: a start during a run joins it. */
setUpShop.subject = ({ shop }: SetUpInput) => shop
