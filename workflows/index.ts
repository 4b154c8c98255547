/**
 * The workflows of the core; each can be started by its name. A file is one operation, named after its workflow, or the create, update
 * and delete of an entity, named after its plural.
 */
export { createApiKeys, deleteApiKeys, updateApiKeys } from './api-key/api-keys.ts'
export { linkSalesChannelsToApiKey } from './api-key/link-sales-channels-to-api-key.ts'
export { revokeApiKeys } from './api-key/revoke-api-keys.ts'
export { endSession } from './auth/end-session.ts'
export { registerAuthIdentities } from './auth/register-auth-identities.ts'
export { createBrands, deleteBrands, updateBrands } from './brand/brands.ts'
export { nightlySyncBrandsToCms } from './brand/nightly-sync-brands-to-cms.ts'
export { syncBrandsToCms } from './brand/sync-brands-to-cms.ts'
export {
  createBrandCollections,
  deleteBrandCollections,
  updateBrandCollections,
} from './collection/brand-collections.ts'
export { linkBrandsToCollection } from './collection/link-brands-to-collection.ts'
export { batchShippingOptionRules } from './fulfillment/batch-shipping-option-rules.ts'
export { deleteFulfillmentSets } from './fulfillment/delete-fulfillment-sets.ts'
export { createServiceZones, deleteServiceZones, updateServiceZones } from './fulfillment/service-zones.ts'
export { setUpFulfillment } from './fulfillment/set-up-fulfillment.ts'
export {
  createShippingOptionTypes,
  deleteShippingOptionTypes,
  updateShippingOptionTypes,
} from './fulfillment/shipping-option-types.ts'
export { createShippingOptions, deleteShippingOptions, updateShippingOptions } from './fulfillment/shipping-options.ts'
export {
  createShippingProfiles,
  deleteShippingProfiles,
  updateShippingProfiles,
} from './fulfillment/shipping-profiles.ts'
export { batchInventoryLevels } from './inventory/batch-inventory-levels.ts'
export { createInventoryItems, deleteInventoryItems, updateInventoryItems } from './inventory/inventory-items.ts'
export { createReservations, deleteReservations, updateReservations } from './inventory/reservations.ts'
export { batchPriceListPrices } from './pricing/batch-price-list-prices.ts'
export { createPriceLists, deletePriceLists, updatePriceLists } from './pricing/price-lists.ts'
export {
  createPricePreferences,
  deletePricePreferences,
  updatePricePreferences,
} from './pricing/price-preferences.ts'
export { removeProductsFromPriceList } from './pricing/remove-products-from-price-list.ts'
export { batchProductVariants } from './product/batch-product-variants.ts'
export { batchProducts } from './product/batch-products.ts'
export {
  createCollections,
  deleteCollections,
  updateCollections,
} from './product/collections.ts'
export { createProducts } from './product/create-products.ts'
export { deleteProductVariants } from './product/delete-product-variants.ts'
export { deleteProducts } from './product/delete-products.ts'
export { linkProductOptions } from './product/link-product-options.ts'
export { linkProductsToCategory } from './product/link-products-to-category.ts'
export { linkProductsToCollection } from './product/link-products-to-collection.ts'
export { linkVariantImages } from './product/link-variant-images.ts'
export { linkVariantInventoryItems } from './product/link-variant-inventory-items.ts'
export {
  createProductCategories,
  deleteProductCategories,
  updateProductCategories,
} from './product/product-categories.ts'
export { deleteProductOptionValues, updateProductOptionValues } from './product/product-option-values.ts'
export {
  createProductOptions,
  deleteProductOptions,
  updateProductOptions,
} from './product/product-options.ts'
export { createProductTags, deleteProductTags, updateProductTags } from './product/product-tags.ts'
export { createProductTypes, deleteProductTypes, updateProductTypes } from './product/product-types.ts'
export { updateProducts } from './product/update-products.ts'
export { addOrRemoveCampaignPromotions } from './promotion/add-or-remove-campaign-promotions.ts'
export { batchPromotionRules } from './promotion/batch-promotion-rules.ts'
export { createCampaigns, deleteCampaigns, updateCampaigns } from './promotion/campaigns.ts'
export { createPromotions, deletePromotions, updatePromotions } from './promotion/promotions.ts'
export { createRegions, deleteRegions, updateRegions } from './region/regions.ts'
export { linkProductsToSalesChannel } from './sales-channel/link-products-to-sales-channel.ts'
export { createSalesChannels, deleteSalesChannels, updateSalesChannels } from './sales-channel/sales-channels.ts'
export { createLocationFulfillmentSet } from './stock-location/create-location-fulfillment-set.ts'
export { linkFulfillmentProvidersToStockLocation } from './stock-location/link-fulfillment-providers-to-stock-location.ts'
export { linkSalesChannelsToStockLocation } from './stock-location/link-sales-channels-to-stock-location.ts'
export { createStockLocations, deleteStockLocations, updateStockLocations } from './stock-location/stock-locations.ts'
export { setUpShop } from './store/set-up-shop.ts'
export { updateStores } from './store/update-stores.ts'
export { createTaxRateRules, deleteTaxRateRules } from './tax/tax-rate-rules.ts'
export { createTaxRates, deleteTaxRates, updateTaxRates } from './tax/tax-rates.ts'
export { createTaxRegions, deleteTaxRegions, updateTaxRegions } from './tax/tax-regions.ts'
export { createUserAccount } from './user/create-user-account.ts'
export { removeUserAccounts } from './user/remove-user-accounts.ts'
export { updateUsers } from './user/update-users.ts'
