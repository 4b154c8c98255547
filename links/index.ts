import type { Link } from '../framework/link/define-link.ts'
import { priceSetCalculatedPrice, variantCalculatedPrice } from './calculated-price.ts'
import { brandCmsPage, collectionCmsPage } from './cms-page.ts'
import { collectionBrand } from './collection-brand.ts'
import { productVariantPriceSet } from './product-variant-price-set.ts'
import { variantPrices } from './variant-prices.ts'

/** What joins the modules of the core. */
export const links: Link[] = [
  collectionBrand,
  brandCmsPage,
  collectionCmsPage,
  priceSetCalculatedPrice,
  productVariantPriceSet,
  variantCalculatedPrice,
  variantPrices,
]
