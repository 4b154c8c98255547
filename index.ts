/** The core, as a project that others extend. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { activities } from './activities/index.ts'
import { brandCollections } from './api/admin/brand-collections.ts'
import { brands } from './api/admin/brands.ts'
import { currencies } from './api/admin/currencies.ts'
import { paymentProviders } from './api/admin/payment-providers.ts'
import { productTags } from './api/admin/product-tags.ts'
import { regions } from './api/admin/regions.ts'
import { stores } from './api/admin/stores.ts'
import { taxProviders } from './api/admin/tax-providers.ts'
import { taxRates } from './api/admin/tax-rates.ts'
import { taxRegions } from './api/admin/tax-regions.ts'
import { storeCurrencies } from './api/store/currencies.ts'
import { storeRegions } from './api/store/regions.ts'
import { defineProject, type Project } from './framework/project.ts'
import { links } from './links/index.ts'
import { brand } from './modules/brand/index.ts'
import { cms, cmsFromEnvironment } from './modules/cms/index.ts'
import { collection } from './modules/collection/index.ts'
import { currency } from './modules/currency/index.ts'
import { inventory } from './modules/inventory/index.ts'
import { payment } from './modules/payment/index.ts'
import { pricing } from './modules/pricing/index.ts'
import { product } from './modules/product/index.ts'
import { region } from './modules/region/index.ts'
import { store } from './modules/store/index.ts'
import { tax } from './modules/tax/index.ts'
import { schedules } from './workflows/schedules.ts'
import { setUpShop } from './workflows/store/set-up-shop.ts'

/**
 * All that comes with Turritopsis, to be extended.
 *
 * @example export default defineProject({ extends: core(), modules: [note], … })
 */
export function core(): Project {
  return defineProject({
    modules: [
      brand,
      collection,
      cms.with(cmsFromEnvironment()),
      product,
      pricing,
      inventory,
      currency,
      region,
      store,
      payment,
      tax,
    ],
    activities: activities,
    workflows: sourceOf('workflows/index'),
    links,
    routes: [
      brands,
      brandCollections,
      productTags,
      currencies,
      regions,
      stores,
      paymentProviders,
      taxProviders,
      taxRegions,
      taxRates,
      storeCurrencies,
      storeRegions,
    ],
    schedules,
    setUps: [setUpShop],
  })
}

/** The file beside this one: TypeScript in the repository, JavaScript in the package. */
function sourceOf(name: string): string {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return existsSync(path) ? path : path.replace(/\.ts$/, '.js')
}
