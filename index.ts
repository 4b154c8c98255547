/** The core, as a project that others extend. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { activities } from './activities/index.ts'
import { brandCollections } from './api/admin/brand-collections.ts'
import { brands } from './api/admin/brands.ts'
import { campaigns } from './api/admin/campaigns.ts'
import { inventoryItems } from './api/admin/inventory-items.ts'
import { inventoryLevels } from './api/admin/inventory-levels.ts'
import { productTags } from './api/admin/product-tags.ts'
import { promotionRules } from './api/admin/promotion-rules.ts'
import { promotions } from './api/admin/promotions.ts'
import { reservations } from './api/admin/reservations.ts'
import { defineProject, type Project } from './framework/project.ts'
import { links } from './links/index.ts'
import { brand } from './modules/brand/index.ts'
import { cms, cmsFromEnvironment } from './modules/cms/index.ts'
import { collection } from './modules/collection/index.ts'
import { inventory } from './modules/inventory/index.ts'
import { pricing } from './modules/pricing/index.ts'
import { product } from './modules/product/index.ts'
import { promotion } from './modules/promotion/index.ts'
import { schedules } from './workflows/schedules.ts'

/**
 * All that comes with Turritopsis, to be extended.
 *
 * @example export default defineProject({ extends: core(), modules: [note], … })
 */
export function core(): Project {
  return defineProject({
    modules: [brand, collection, cms.with(cmsFromEnvironment()), product, pricing, inventory, promotion],
    activities: activities,
    workflows: sourceOf('workflows/index'),
    links,
    routes: [
      brands,
      brandCollections,
      campaigns,
      inventoryLevels,
      inventoryItems,
      productTags,
      promotionRules,
      promotions,
      reservations,
    ],
    schedules,
  })
}

/** The file beside this one: TypeScript in the repository, JavaScript in the package. */
function sourceOf(name: string): string {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return existsSync(path) ? path : path.replace(/\.ts$/, '.js')
}
