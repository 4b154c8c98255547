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
export { batchProducts } from './product/batch-products.ts'
export {
  createCollections,
  deleteCollections,
  linkProductsToCollection,
  updateCollections,
} from './product/collections.ts'
export { createProducts } from './product/create-products.ts'
export { deleteProducts, deleteProductVariants } from './product/delete-products.ts'
export { linkVariantInventoryItems } from './product/link-variant-inventory-items.ts'
export {
  createProductCategories,
  deleteProductCategories,
  linkProductsToCategory,
  updateProductCategories,
} from './product/product-categories.ts'
export {
  createProductOptions,
  deleteProductOptions,
  deleteProductOptionValues,
  updateProductOptions,
  updateProductOptionValues,
} from './product/product-options.ts'
export { createProductTags, deleteProductTags, updateProductTags } from './product/product-tags.ts'
export { createProductTypes, deleteProductTypes, updateProductTypes } from './product/product-types.ts'
export { batchProductVariants, updateProducts } from './product/update-products.ts'
