import type { Link } from '../framework/link/define-link.ts'
import { brandCmsPage, collectionCmsPage } from './cms-page.ts'
import { collectionBrand } from './collection-brand.ts'
import { regionPaymentProvider } from './region-payment-provider.ts'
import { storeCurrency } from './store-currency.ts'

/** What joins the modules of the core. */
export const links: Link[] = [collectionBrand, brandCmsPage, collectionCmsPage, regionPaymentProvider, storeCurrency]
