import { apiKeySalesChannel } from './api-key-sales-channel.ts'
import { priceSetCalculatedPrice, shippingOptionCalculatedPrice, variantCalculatedPrice } from './calculated-price.ts'
import { brandCmsPage, collectionCmsPage } from './cms-page.ts'
import { collectionBrand } from './collection-brand.ts'
import { fulfillmentProviderOffer } from './fulfillment-offer.ts'
import { inventoryLevelStockLocation } from './inventory-level-stock-location.ts'
import { inventoryQuantity } from './inventory-quantity.ts'
import { locationFulfillmentProvider } from './location-fulfillment-provider.ts'
import { locationFulfillmentSet } from './location-fulfillment-set.ts'
import { productSalesChannel } from './product-sales-channel.ts'
import { productShippingProfile } from './product-shipping-profile.ts'
import { productTally } from './product-tally.ts'
import { productVariantInventoryItem } from './product-variant-inventory-item.ts'
import { productVariantPriceSet } from './product-variant-price-set.ts'
import { regionPaymentProvider } from './region-payment-provider.ts'
import { salesChannelLocation } from './sales-channel-location.ts'
import { shippingOptionPriceSet } from './shipping-option-price-set.ts'
import { storeCurrency } from './store-currency.ts'
import { storefront } from './storefront.ts'
import { priceVariant, variantPrices } from './variant-prices.ts'

/** The links of the core. */
export const links = [
  collectionBrand,
  brandCmsPage,
  collectionCmsPage,
  productSalesChannel,
  fulfillmentProviderOffer,
  locationFulfillmentProvider,
  locationFulfillmentSet,
  productShippingProfile,
  productTally,
  productVariantInventoryItem,
  apiKeySalesChannel,
  productVariantPriceSet,
  storefront,
  salesChannelLocation,
  shippingOptionPriceSet,
  inventoryLevelStockLocation,
  inventoryQuantity,
  regionPaymentProvider,
  storeCurrency,
  priceSetCalculatedPrice,
  shippingOptionCalculatedPrice,
  variantCalculatedPrice,
  variantPrices,
  priceVariant,
] as const
