/**
 * The hooks of the core's workflows. Each runs within the workflow, after the rows that it is about are written.
 *
 * @example export const bookShelves = productsCreated.handle(async ({ products, additional_data }) => { … })
 */
export { apiKeysCreated } from './api-key/hooks.ts'
export {
  shippingOptionTypesCreated,
  shippingOptionTypesDeleted,
  shippingOptionTypesUpdated,
} from './fulfillment/hooks.ts'
export {
  categoriesCreated,
  categoriesDeleted,
  categoriesUpdated,
  collectionsCreated,
  collectionsDeleted,
  collectionsUpdated,
  productOptionsCreated,
  productOptionsDeleted,
  productOptionsUpdated,
  productsCreated,
  productsDeleted,
  productsUpdated,
  productTagsCreated,
  productTagsDeleted,
  productTagsUpdated,
  productTypesCreated,
  productTypesDeleted,
  productTypesUpdated,
  productVariantsCreated,
  productVariantsDeleted,
  productVariantsUpdated,
} from './product/hooks.ts'
export {
  campaignsCreated,
  campaignsDeleted,
  campaignsUpdated,
  promotionStatusUpdated,
  promotionsCreated,
  promotionsDeleted,
  promotionsUpdated,
} from './promotion/hooks.ts'
export { stockLocationsCreated } from './stock-location/hooks.ts'
