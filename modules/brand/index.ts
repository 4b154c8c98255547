import { defineModule } from '../../framework/model/module.ts'
import { createBrand } from './migrations/0001-brand.ts'
import { brandMilliseconds } from './migrations/0002-milliseconds.ts'
import { Brand } from './models.ts'
import { BrandService } from './service.ts'

/** The brands of products. */
export const brand = defineModule({
  name: 'brand',
  models: { brand: Brand },
  service: BrandService,
  migrations: { '0001-brand': createBrand, '0002-milliseconds': brandMilliseconds },
})
