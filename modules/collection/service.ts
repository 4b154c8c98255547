import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { BrandCollection } from './models.ts'

export class CollectionService extends Service<{ collection: typeof BrandCollection }> {
  createBrandCollections = (collections: New<typeof BrandCollection>[]) => this.rows.collection.create(collections)
  updateBrandCollections = (collections: Change<typeof BrandCollection>[]) => this.rows.collection.update(collections)
  deleteBrandCollections = (ids: string[]) => this.rows.collection.softDelete(ids)
}
