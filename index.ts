/** The core, as a project that others extend. */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { activities } from './activities/index.ts'
import { apiKeys } from './api/admin/api-key/api-keys.ts'
import { brands } from './api/admin/brand/brands.ts'
import { brandCollections } from './api/admin/collection/brand-collections.ts'
import { currencies } from './api/admin/currency/currencies.ts'
import { fulfillmentProviders } from './api/admin/fulfillment/fulfillment-providers.ts'
import { fulfillmentSets } from './api/admin/fulfillment/fulfillment-sets.ts'
import { shippingOptionTypes } from './api/admin/fulfillment/shipping-option-types.ts'
import { shippingOptions } from './api/admin/fulfillment/shipping-options.ts'
import { shippingProfiles } from './api/admin/fulfillment/shipping-profiles.ts'
import { inventoryItems } from './api/admin/inventory/inventory-items.ts'
import { inventoryLevels } from './api/admin/inventory/inventory-levels.ts'
import { reservations } from './api/admin/inventory/reservations.ts'
import { paymentProviders } from './api/admin/payment/payment-providers.ts'
import { plugins } from './api/admin/plugins.ts'
import { priceLists } from './api/admin/pricing/price-lists.ts'
import { pricePreferences } from './api/admin/pricing/price-preferences.ts'
import { collections } from './api/admin/product/collections.ts'
import { productCategories } from './api/admin/product/product-categories.ts'
import { productOptions } from './api/admin/product/product-options.ts'
import { productParts } from './api/admin/product/product-parts.ts'
import { productTags } from './api/admin/product/product-tags.ts'
import { productTypes } from './api/admin/product/product-types.ts'
import { productVariants } from './api/admin/product/product-variants.ts'
import { products } from './api/admin/product/products.ts'
import { campaigns } from './api/admin/promotion/campaigns.ts'
import { promotionRules } from './api/admin/promotion/promotion-rules.ts'
import { promotions } from './api/admin/promotion/promotions.ts'
import { regions } from './api/admin/region/regions.ts'
import { salesChannels } from './api/admin/sales-channel/sales-channels.ts'
import { stockLocations } from './api/admin/stock-location/stock-locations.ts'
import { stores } from './api/admin/store/stores.ts'
import { taxProviders } from './api/admin/tax/tax-providers.ts'
import { taxRates } from './api/admin/tax/tax-rates.ts'
import { taxRegions } from './api/admin/tax/tax-regions.ts'
import { users } from './api/admin/user/users.ts'
import { storeCurrencies } from './api/store/currency/currencies.ts'
import { storePaymentProviders } from './api/store/payment/payment-providers.ts'
import {
  storeCollections,
  storeProductCategories,
  storeProductOptions,
  storeProductTags,
  storeProductTypes,
} from './api/store/product/groups.ts'
import { storeProducts } from './api/store/product/products.ts'
import { storeRegions } from './api/store/region/regions.ts'
import { defineProject, type Project } from './framework/project.ts'
import { links } from './links/index.ts'
import { apiKey } from './modules/api-key/index.ts'
import { emailpass } from './modules/auth/emailpass.ts'
import { auth } from './modules/auth/index.ts'
import { brand } from './modules/brand/index.ts'
import { cms, cmsFromEnvironment } from './modules/cms/index.ts'
import { collection } from './modules/collection/index.ts'
import { currency } from './modules/currency/index.ts'
import { fulfillment } from './modules/fulfillment/index.ts'
import { manual } from './modules/fulfillment/manual.ts'
import { inventory } from './modules/inventory/index.ts'
import { payment } from './modules/payment/index.ts'
import { pricing } from './modules/pricing/index.ts'
import { product } from './modules/product/index.ts'
import { promotion } from './modules/promotion/index.ts'
import { region } from './modules/region/index.ts'
import { salesChannel } from './modules/sales-channel/index.ts'
import { stockLocation } from './modules/stock-location/index.ts'
import { store } from './modules/store/index.ts'
import { tax } from './modules/tax/index.ts'
import { user } from './modules/user/index.ts'
import { schedules } from './workflows/schedules.ts'
import { setUpShop } from './workflows/store/set-up-shop.ts'

/**
 * All that comes with Turritopsis, to be extended.
 *
 * @example export default defineProject({ extends: core(), modules: [note], … })
 */
export function core(): Project {
  return defineProject({
    modules: [
      apiKey,
      auth.with({ providers: { user: [emailpass], customer: [emailpass] } }),
      brand,
      collection,
      cms.with(cmsFromEnvironment()),
      currency,
      inventory,
      payment,
      pricing,
      product,
      promotion,
      region,
      salesChannel,
      store,
      tax,
      user,
      stockLocation,
      fulfillment.with({ providers: [{ id: 'manual', provider: manual }] }),
    ],
    activities: activities,
    workflows: sourceOf('workflows/index'),
    links,
    routes: [
      apiKeys,
      brandCollections,
      brands,
      campaigns,
      fulfillmentProviders,
      fulfillmentSets,
      inventoryItems,
      inventoryLevels,
      products,
      productTags,
      productVariants,
      promotionRules,
      promotions,
      reservations,
      salesChannels,
      shippingOptions,
      shippingOptionTypes,
      shippingProfiles,
      stockLocations,
      storeProducts,
      users,
      currencies,
      regions,
      stores,
      paymentProviders,
      plugins,
      storePaymentProviders,
      taxProviders,
      taxRegions,
      taxRates,
      storeCurrencies,
      storeRegions,
      collections,
      productCategories,
      productOptions,
      productTypes,
      storeCollections,
      storeProductCategories,
      storeProductOptions,
      storeProductTags,
      storeProductTypes,
      productParts,
      priceLists,
      pricePreferences,
    ],
    schedules,
    setUps: [setUpShop],
  })
}

/** The file beside this one: TypeScript in the repository, JavaScript in the package. */
function sourceOf(name: string): string {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return existsSync(path) ? path : path.replace(/\.ts$/, '.js')
}
