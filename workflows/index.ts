/** The catalogue: every exported function is a workflow that can be started by its name. */
export { createBrands } from './brand/create-brands.ts'
export { deleteBrands } from './brand/delete-brands.ts'
export { nightlySyncBrandsToCms } from './brand/nightly-sync-brands-to-cms.ts'
export { syncBrandsToCms } from './brand/sync-brands-to-cms.ts'
export { updateBrands } from './brand/update-brands.ts'
export { createBrandCollections } from './collection/create-brand-collections.ts'
export { deleteBrandCollections } from './collection/delete-brand-collections.ts'
export { linkBrandsToCollection } from './collection/link-brands-to-collection.ts'
export { updateBrandCollections } from './collection/update-brand-collections.ts'
export { batchInventoryLevels } from './inventory/batch-inventory-levels.ts'
export { createInventoryItems, deleteInventoryItems, updateInventoryItems } from './inventory/inventory-items.ts'
export { createReservations, deleteReservations, updateReservations } from './inventory/reservations.ts'
export { createProductTags, deleteProductTags, updateProductTags } from './product/product-tags.ts'
export { batchPromotionRules } from './promotion/batch-promotion-rules.ts'
export {
  addOrRemoveCampaignPromotions,
  createCampaigns,
  deleteCampaigns,
  updateCampaigns,
} from './promotion/campaigns.ts'
export { createPromotions, deletePromotions, updatePromotions } from './promotion/promotions.ts'
