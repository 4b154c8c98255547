import { defineModule } from '../../framework/model/module.ts'
import { createBrandCollection } from './migrations/0001-brand-collection.ts'
import { BrandCollection } from './models.ts'
import { CollectionService } from './service.ts'

/** Collections of brands; which brands are in one is a link. */
export const collection = defineModule({
  name: 'collection',
  models: { collection: BrandCollection },
  service: CollectionService,
  migrations: { '0001-brand-collection': createBrandCollection },
})
