import { defineModule } from '../../framework/model/module.ts'
import { createPromotion } from './migrations/0001-promotion.ts'
import { models } from './models.ts'
import { PromotionService } from './service.ts'

/** Promotions, their rules, and campaigns with budgets. */
export const promotion = defineModule({
  name: 'promotion',
  models,
  service: PromotionService,
  migrations: { '0001-promotion': createPromotion },
})
