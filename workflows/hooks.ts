/**
 * The hooks of the core's workflows (`workflows.tsv`): each runs within its change, after what it tells of is written.
 *
 * @example export const bookShelves = productsCreated.handle(async ({ products, additional_data }) => { … })
 */
import { hook } from '../framework/workflow/index.ts'
import type { WithAdditionalData } from './additional-data.ts'

/** Rows that were added or changed. */
type Rows<Name extends string> = Record<Name, { id: string }[]>

/** The same, of routes that take `additional_data`. */
type Given<Name extends string> = Rows<Name> & WithAdditionalData

/** What was deleted. */
interface Gone {
  ids: string[]
}

export const apiKeysCreated = hook<Rows<'api_keys'>>('apiKeysCreated')

export const campaignsCreated = hook<Given<'campaigns'>>('campaignsCreated')
export const campaignsUpdated = hook<Given<'campaigns'>>('campaignsUpdated')
export const campaignsDeleted = hook<Gone>('campaignsDeleted')

export const categoriesCreated = hook<Given<'product_categories'>>('categoriesCreated')
export const categoriesUpdated = hook<Given<'product_categories'>>('categoriesUpdated')
export const categoriesDeleted = hook<Gone>('categoriesDeleted')

export const collectionsCreated = hook<Given<'collections'>>('collectionsCreated')
export const collectionsUpdated = hook<Given<'collections'>>('collectionsUpdated')
export const collectionsDeleted = hook<Gone>('collectionsDeleted')

export const productOptionsCreated = hook<Rows<'product_options'>>('productOptionsCreated')
export const productOptionsUpdated = hook<Rows<'product_options'>>('productOptionsUpdated')
export const productOptionsDeleted = hook<Gone>('productOptionsDeleted')

export const productTagsCreated = hook<Rows<'product_tags'>>('productTagsCreated')
export const productTagsUpdated = hook<Rows<'product_tags'>>('productTagsUpdated')
export const productTagsDeleted = hook<Gone>('productTagsDeleted')

export const productTypesCreated = hook<Rows<'product_types'>>('productTypesCreated')
export const productTypesUpdated = hook<Rows<'product_types'>>('productTypesUpdated')
export const productTypesDeleted = hook<Gone>('productTypesDeleted')

export const productVariantsCreated = hook<Given<'product_variants'>>('productVariantsCreated')
export const productVariantsUpdated = hook<Given<'product_variants'>>('productVariantsUpdated')
export const productVariantsDeleted = hook<Gone>('productVariantsDeleted')

export const productsCreated = hook<Given<'products'>>('productsCreated')
export const productsUpdated = hook<Given<'products'>>('productsUpdated')
export const productsDeleted = hook<Gone>('productsDeleted')

export const promotionsCreated = hook<Given<'promotions'>>('promotionsCreated')
export const promotionsUpdated = hook<Given<'promotions'>>('promotionsUpdated')
export const promotionsDeleted = hook<Gone>('promotionsDeleted')
export const promotionStatusUpdated = hook<Given<'promotions'>>('promotionStatusUpdated')

export const shippingOptionTypesCreated = hook<Rows<'shipping_option_types'>>('shippingOptionTypesCreated')
export const shippingOptionTypesUpdated = hook<Rows<'shipping_option_types'>>('shippingOptionTypesUpdated')
export const shippingOptionTypesDeleted = hook<Gone>('shippingOptionTypesDeleted')

export const stockLocationsCreated = hook<Rows<'stock_locations'>>('stockLocationsCreated')
