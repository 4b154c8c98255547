import { defineModule } from '../../framework/model/module.ts'
import { Campaign, CampaignBudget, CampaignBudgetUsage } from './campaigns.ts'
import { createPromotion } from './migrations/0001-promotion.ts'
import {
  ApplicationMethod,
  ApplicationMethodBuyRule,
  ApplicationMethodTargetRule,
  Promotion,
  PromotionPromotionRule,
  PromotionRule,
  PromotionRuleValue,
} from './models.ts'
import { PromotionService } from './service.ts'

export const models = {
  promotion: Promotion,
  promotion_application_method: ApplicationMethod,
  promotion_rule: PromotionRule,
  promotion_rule_value: PromotionRuleValue,
  promotion_promotion_rule: PromotionPromotionRule,
  application_method_target_rules: ApplicationMethodTargetRule,
  application_method_buy_rules: ApplicationMethodBuyRule,
  promotion_campaign: Campaign,
  promotion_campaign_budget: CampaignBudget,
  promotion_campaign_budget_usage: CampaignBudgetUsage,
}

/** What makes carts cheaper, for how long, and up to what budget. */
export const promotion = defineModule({
  name: 'promotion',
  models,
  service: PromotionService,
  migrations: { '0001-promotion': createPromotion },
})
