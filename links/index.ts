import type { Link } from '../framework/link/define-link.ts'
import { apiKeySalesChannel } from './api-key-sales-channel.ts'
import { brandCmsPage, collectionCmsPage } from './cms-page.ts'
import { collectionBrand } from './collection-brand.ts'
import { productSalesChannel } from './product-sales-channel.ts'
import { productVariantInventoryItem } from './product-variant-inventory-item.ts'
import { productVariantPriceSet } from './product-variant-price-set.ts'
import { salesChannelCount } from './sales-channel-count.ts'

/** What joins the modules of the core. */
export const links: Link[] = [
  collectionBrand,
  brandCmsPage,
  collectionCmsPage,
  productSalesChannel,
  productVariantInventoryItem,
  apiKeySalesChannel,
  productVariantPriceSet,
  salesChannelCount,
]
