/** The routes of the core; those of the framework itself are in `api/index.ts`. */
import type { Router } from '../framework/http/router.ts'
import { apiKeys } from './admin/api-key/api-keys.ts'
import { brands } from './admin/brand/brands.ts'
import { brandCollections } from './admin/collection/brand-collections.ts'
import { currencies } from './admin/currency/currencies.ts'
import { fulfillmentProviders } from './admin/fulfillment/fulfillment-providers.ts'
import { fulfillmentSets } from './admin/fulfillment/fulfillment-sets.ts'
import { shippingOptionTypes } from './admin/fulfillment/shipping-option-types.ts'
import { shippingOptions } from './admin/fulfillment/shipping-options.ts'
import { shippingProfiles } from './admin/fulfillment/shipping-profiles.ts'
import { inventoryItems } from './admin/inventory/inventory-items.ts'
import { inventoryLevels } from './admin/inventory/inventory-levels.ts'
import { reservations } from './admin/inventory/reservations.ts'
import { paymentProviders } from './admin/payment/payment-providers.ts'
import { plugins } from './admin/plugins.ts'
import { priceLists } from './admin/pricing/price-lists.ts'
import { pricePreferences } from './admin/pricing/price-preferences.ts'
import { collections } from './admin/product/collections.ts'
import { productCategories } from './admin/product/product-categories.ts'
import { productOptions } from './admin/product/product-options.ts'
import { productParts } from './admin/product/product-parts.ts'
import { productTags } from './admin/product/product-tags.ts'
import { productTypes } from './admin/product/product-types.ts'
import { productVariants } from './admin/product/product-variants.ts'
import { products } from './admin/product/products.ts'
import { campaigns } from './admin/promotion/campaigns.ts'
import { promotionRules } from './admin/promotion/promotion-rules.ts'
import { promotions } from './admin/promotion/promotions.ts'
import { regions } from './admin/region/regions.ts'
import { salesChannels } from './admin/sales-channel/sales-channels.ts'
import { stockLocations } from './admin/stock-location/stock-locations.ts'
import { stores } from './admin/store/stores.ts'
import { taxProviders } from './admin/tax/tax-providers.ts'
import { taxRates } from './admin/tax/tax-rates.ts'
import { taxRegions } from './admin/tax/tax-regions.ts'
import { users } from './admin/user/users.ts'
import { storeCurrencies } from './store/currency/currencies.ts'
import { storePaymentProviders } from './store/payment/payment-providers.ts'
import {
  storeCollections,
  storeProductCategories,
  storeProductOptions,
  storeProductTags,
  storeProductTypes,
} from './store/product/groups.ts'
import { storeProducts } from './store/product/products.ts'
import { storeRegions } from './store/region/regions.ts'

export const routes: Router[] = [
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
]
