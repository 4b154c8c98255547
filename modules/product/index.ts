import { defineModule } from '../../framework/model/module.ts'
import { createProduct } from './migrations/0001-product.ts'
import { orderProducts } from './migrations/0002-orders.ts'
import { models } from './models.ts'
import { ProductService } from './service.ts'

/** What the shop sells, and how shoppers find it. */
export const product = defineModule({
  name: 'product',
  models,
  service: ProductService,
  migrations: { '0001-product': createProduct, '0002-orders': orderProducts },
})
