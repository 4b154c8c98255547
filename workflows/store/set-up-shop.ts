import type { SetUpInput } from '../../framework/project.ts'
import { newId } from '../../framework/workflow/index.ts'
import { read, write } from '../steps.ts'

const PAYMENT_PROVIDERS = ['pp_system_default']
const TAX_PROVIDERS = ['tp_system']
const CURRENCY = 'eur'

/**
 * Makes what a fresh shop lacks of that which a shop cannot be without. A worker starts it whenever it starts; once all is there
 * it is one read. Each of its writes makes only what is missing by then, so two at once make nothing twice.
 */
export async function setUpShop(_: SetUpInput): Promise<void> {
  const { stores, paymentProviders, taxProviders } = await read.queries({
    stores: { entity: 'store', fields: ['id'], limit: 1 },
    paymentProviders: { entity: 'payment_provider', fields: ['id'], filters: { id: PAYMENT_PROVIDERS } },
    taxProviders: { entity: 'tax_provider', fields: ['id'], filters: { id: TAX_PROVIDERS } },
  })
  if (paymentProviders.length < PAYMENT_PROVIDERS.length) await write.createPaymentProviders(PAYMENT_PROVIDERS)
  if (taxProviders.length < TAX_PROVIDERS.length) await write.createTaxProviders(TAX_PROVIDERS)
  if (stores.length === 0) await createStore()
}

/** One at a time: whoever asks while it runs joins it. */
setUpShop.subject = ({ shop }: SetUpInput) => shop

/** The store comes last: where there is one, all that it builds on has been made before. */
async function createStore(): Promise<void> {
  await write.setPricePreferences([{ id: newId('prpref'), attribute: 'currency_code', value: CURRENCY }])
  await write.createFirstStore({
    id: newId('store'),
    supported_currencies: [{ id: newId('stocur'), currency_code: CURRENCY, is_default: true }],
  })
}
