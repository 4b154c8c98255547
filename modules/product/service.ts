import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { ProductTag } from './groups.ts'
import type { models } from './index.ts'

export class ProductService extends Service<typeof models> {
  createProductTags = (tags: New<typeof ProductTag>[]) => this.rows.product_tag.create(tags)
  updateProductTags = (tags: Change<typeof ProductTag>[]) => this.rows.product_tag.update(tags)
  deleteProductTags = (ids: string[]) => this.rows.product_tag.softDelete(ids)
}
