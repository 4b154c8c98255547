/** The core, as a project that others extend. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { activities } from './activities/index.ts'
import { brandCollections } from './api/admin/brand-collections.ts'
import { brands } from './api/admin/brands.ts'
import { collections } from './api/admin/collections.ts'
import { productCategories } from './api/admin/product-categories.ts'
import { productOptions } from './api/admin/product-options.ts'
import { productTags } from './api/admin/product-tags.ts'
import { productTypes } from './api/admin/product-types.ts'
import { productVariants } from './api/admin/product-variants.ts'
import { products } from './api/admin/products.ts'
import { defineProject, type Project } from './framework/project.ts'
import { links } from './links/index.ts'
import { brand } from './modules/brand/index.ts'
import { cms, cmsFromEnvironment } from './modules/cms/index.ts'
import { collection } from './modules/collection/index.ts'
import { inventory } from './modules/inventory/index.ts'
import { pricing } from './modules/pricing/index.ts'
import { product } from './modules/product/index.ts'
import { schedules } from './workflows/schedules.ts'

/**
 * All that comes with Turritopsis, to be extended.
 *
 * @example export default defineProject({ extends: core(), modules: [note], … })
 */
export function core(): Project {
  return defineProject({
    modules: [brand, collection, cms.with(cmsFromEnvironment()), product, pricing, inventory],
    activities: activities,
    workflows: sourceOf('workflows/index'),
    links,
    routes: [
      ...[brands, brandCollections, products, productVariants],
      ...[collections, productCategories, productOptions, productTags, productTypes],
    ],
    schedules,
  })
}

/** The file beside this one: TypeScript in the repository, JavaScript in the package. */
function sourceOf(name: string): string {
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return existsSync(path) ? path : path.replace(/\.ts$/, '.js')
}
