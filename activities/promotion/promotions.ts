import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
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

type Ids = (string | null | undefined)[]

const RULES = ['rules.id', 'application_method.target_rules.id', 'application_method.buy_rules.id']
const CAMPAIGN = ['id', 'starts_at', 'ends_at', 'budget.id', 'budget.currency_code']
const PROMOTION = ['id', 'code', 'type', 'campaign_id', 'application_method.*', ...RULES]

/** Promotions and campaigns as they stand. */
async function factsOf(query: Query, promotions: Ids, campaigns: Ids): Promise<PromotionFacts> {
  const fields = [...PROMOTION, ...CAMPAIGN.map((name) => `campaign.${name}`)]
  return {
    promotions: await rowsById(query, 'promotion', promotions, fields),
    campaigns: await rowsById(query, 'promotion_campaign', campaigns, CAMPAIGN),
  }
}

const given = (ids: Ids) => [...new Set(ids.filter((id) => typeof id === 'string'))]
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
const campaignsOf = (rows: { campaign_id?: string | null | undefined }[]) => rows.map(({ campaign_id }) => campaign_id)

export const promotionActivities = defineActivities(promotion, {
  write: ['createCampaigns', 'deleteCampaigns', 'deletePromotions'],
  decide: {
    createPromotions: decide({
      modules: { promotion },
      lock: (promotions: NewPromotion[]) => ({ promotion_campaign: given(campaignsOf(promotions)) }),
      facts: (query, promotions) => factsOf(query, [], campaignsOf(promotions)),
      rule: createPromotionsRule,
      write: ({ promotion }, promotions) => promotion.createPromotions(promotions),
    }),
    updatePromotions: decide({
      modules: { promotion },
      lock: ({ promotions }: UpdatePromotionsInput) => ({
        promotion_campaign: given(campaignsOf(promotions)),
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
