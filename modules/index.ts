/** The modules of the core. */
import { apiKey } from './api-key/index.ts'
import { emailpass } from './auth/emailpass.ts'
import { auth } from './auth/index.ts'
import { brand } from './brand/index.ts'
import { cms, cmsFromEnvironment } from './cms/index.ts'
import { collection } from './collection/index.ts'
import { currency } from './currency/index.ts'
import { fulfillment } from './fulfillment/index.ts'
import { manual } from './fulfillment/manual.ts'
import { inventory } from './inventory/index.ts'
import { payment } from './payment/index.ts'
import { pricing } from './pricing/index.ts'
import { product } from './product/index.ts'
import { promotion } from './promotion/index.ts'
import { region } from './region/index.ts'
import { salesChannel } from './sales-channel/index.ts'
import { stockLocation } from './stock-location/index.ts'
import { store } from './store/index.ts'
import { tax } from './tax/index.ts'
import { user } from './user/index.ts'

/**
 * The modules with their options, some of which come from the environment. Rows are locked in this order: the rows that a change names
 * come before those that it finds through them.
 */
export function coreModules() {
  return [
    user,
    apiKey,
    auth.with({ providers: { user: [emailpass], customer: [emailpass] } }),
    store,
    currency,
    region,
    salesChannel,
    stockLocation,
    fulfillment.with({ providers: [{ id: 'manual', provider: manual }] }),
    tax,
    payment,
    brand,
    collection,
    cms.with(cmsFromEnvironment()),
    product,
    pricing,
    inventory,
    promotion,
  ] as const
}
