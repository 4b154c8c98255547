import type { Link } from '../framework/link/define-link.ts'
import { brandCmsPage, collectionCmsPage } from './cms-page.ts'
import { collectionBrand } from './collection-brand.ts'
import { inventoryQuantity } from './inventory-quantity.ts'
import { productVariantInventoryItem } from './product-variant-inventory-item.ts'

/** What joins the modules of the core. */
export const links: Link[] = [
  collectionBrand,
  brandCmsPage,
  collectionCmsPage,
  productVariantInventoryItem,
  inventoryQuantity,
]
