import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { promotion } from '../../modules/promotion/index.ts'
import {
  type CampaignPromotionsInput,
  campaignPromotionsRule,
  changeRulesRule,
  createPromotionsRule,
  type PromotionFacts,
  type UpdateCampaignsInput,
  type UpdatePromotionsInput,
  updateCampaignsRule,
  updatePromotionsRule,
} from '../../modules/promotion/rules/promotion.ts'
import type { NewPromotion, RuleChanges } from '../../modules/promotion/service.ts'
import { shape } from '../../query/shape.ts'

const campaign = { id: true, starts_at: true, ends_at: true, budget: { id: true, currency_code: true } } as const
const StoredCampaign = shape('promotion_campaign', campaign)

const rules = [{ id: true }] as const
const StoredPromotion = shape('promotion', {
  id: true,
  code: true,
  type: true,
  campaign_id: true,
  campaign,
  rules,
  application_method: { '*': true, target_rules: rules, buy_rules: rules },
})

/** The stored promotions and campaigns. */
async function factsOf(query: Query, promotions: string[], campaigns: string[]): Promise<PromotionFacts> {
  return {
    promotions: await query.find(StoredPromotion, { id: promotions }),
    campaigns: await query.find(StoredCampaign, { id: campaigns }),
  }
}

const campaignsOf = (rows: { campaign_id?: string | null | undefined }[]) =>
  rows.flatMap(({ campaign_id }) => campaign_id ?? [])

export const promotionActivities = defineActivities(promotion, {
  write: ['createCampaigns', 'deleteCampaigns', 'deletePromotions'],
  decide: {
    createPromotions: decide({
      modules: { promotion },
      lock: (promotions: NewPromotion[]) => ({ promotion_campaign: campaignsOf(promotions) }),
      facts: (query, promotions) => factsOf(query, [], campaignsOf(promotions)),
      rule: createPromotionsRule,
      write: ({ promotion }, promotions) => promotion.createPromotions(promotions),
    }),
    updatePromotions: decide({
      modules: { promotion },
      lock: ({ promotions }: UpdatePromotionsInput) => ({
        promotion_campaign: campaignsOf(promotions),
        promotion: idsOf(promotions),
      }),
      facts: (query, { promotions }) => factsOf(query, idsOf(promotions), campaignsOf(promotions)),
      rule: updatePromotionsRule,
      write: ({ promotion }, changes) => promotion.updatePromotions(changes),
    }),
    changePromotionRules: decide({
      modules: { promotion },
      lock: ({ promotion_id }: { promotion_id: string } & Omit<RuleChanges, 'owner'>) => ({
        promotion: [promotion_id],
      }),
      facts: (query, { promotion_id }) => factsOf(query, [promotion_id], []),
      rule: changeRulesRule,
      write: ({ promotion }, changes) => promotion.changePromotionRules(changes),
    }),
    changeCampaignPromotions: decide({
      modules: { promotion },
      lock: ({ id, add = [], remove = [] }: CampaignPromotionsInput) => ({
        promotion_campaign: [id],
        promotion: [...add, ...remove],
      }),
      facts: (query, { id, add = [], remove = [] }) => factsOf(query, [...add, ...remove], [id]),
      rule: campaignPromotionsRule,
      write: ({ promotion }, changes) => promotion.updatePromotions(changes),
    }),
    updateCampaigns: decide({
      modules: { promotion },
      lock: ({ campaigns }: UpdateCampaignsInput) => ({ promotion_campaign: idsOf(campaigns) }),
      facts: (query, { campaigns }) => factsOf(query, [], idsOf(campaigns)),
      rule: updateCampaignsRule,
      write: ({ promotion }, changes) => promotion.updateCampaigns(changes),
    }),
  },
})
