import type { Change, New } from '../../framework/model/model.ts'
import type { Page } from '../../framework/model/repository.ts'
import { Service } from '../../framework/model/service.ts'
import type { Brand } from './models.ts'

export class BrandService extends Service<{ brand: typeof Brand }> {
  listBrands = (page: Page) => this.rows.brand.list(page)
  createBrands = (brands: New<typeof Brand>[]) => this.rows.brand.create(brands)
  updateBrands = (brands: Change<typeof Brand>[]) => this.rows.brand.update(brands)
  deleteBrands = (ids: string[]) => this.rows.brand.softDelete(ids)
}
