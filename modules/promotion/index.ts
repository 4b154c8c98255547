import { defineModule } from '../../framework/model/module.ts'
import { createPromotion } from './migrations/0001-promotion.ts'
import { models } from './models.ts'
import { PromotionService } from './service.ts'

/** What makes carts cheaper, for how long, and up to what budget. */
export const promotion = defineModule({
  name: 'promotion',
  models,
  service: PromotionService,
  migrations: { '0001-promotion': createPromotion },
})
