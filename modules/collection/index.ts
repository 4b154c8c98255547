import { defineModule } from '../../framework/model/module.ts'
import { createBrandCollection } from './migrations/0001-brand-collection.ts'
import { BrandCollection } from './models.ts'
import { CollectionService } from './service.ts'

/** Collections of brands. The brands of a collection are links. */
export const collection = defineModule({
  name: 'collection',
  models: { collection: BrandCollection },
  service: CollectionService,
  migrations: { '0001-brand-collection': createBrandCollection },
})
