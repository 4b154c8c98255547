import { defineModule } from '../../framework/model/module.ts'
import { createProduct } from './migrations/0001-product.ts'
import { orderProducts } from './migrations/0002-orders.ts'
import { models } from './models.ts'
import { ProductService } from './service.ts'

/** Products with variants, options and images, and their groups. */
export const product = defineModule({
  name: 'product',
  models,
  service: ProductService,
  migrations: { '0001-product': createProduct, '0002-orders': orderProducts },
})
