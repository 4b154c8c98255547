import { newId, Problem } from '../../framework/workflow/index.ts'
import type { ApplicationMethod, Promotion } from '../../modules/promotion/models.ts'
import { checkedMethod } from '../../modules/promotion/rules/method.ts'
import type { UpdatePromotionsInput } from '../../modules/promotion/rules/promotion.ts'
import type { NewPromotion } from '../../modules/promotion/service.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { type RuleFields, ruleRow } from './batch-promotion-rules.ts'
import { type CampaignFields, campaignRow } from './campaigns.ts'
import { promotionStatusUpdated, promotionsCreated, promotionsDeleted, promotionsUpdated } from './hooks.ts'

type MethodFields = Pick<ApplicationMethod, 'type' | 'target_type' | 'value'> &
  Partial<
    Pick<
      ApplicationMethod,
      'allocation' | 'currency_code' | 'max_quantity' | 'apply_to_quantity' | 'buy_rules_min_quantity'
    >
  > & { target_rules?: RuleFields[]; buy_rules?: RuleFields[] }
type PromotionFields = Pick<Promotion, 'code' | 'type'> &
  Partial<Pick<Promotion, 'is_automatic' | 'is_tax_inclusive' | 'status' | 'campaign_id' | 'limit' | 'metadata'>> & {
    campaign?: CampaignFields
    application_method: MethodFields
    rules?: RuleFields[]
  }

/** Creates promotions with their application methods and rules, and with new campaigns if given. */
export async function createPromotions({
  promotions: inputs,
  additional_data,
}: { promotions: PromotionFields[] } & WithAdditionalData): Promise<{ id: string }[]> {
  const promotions = await write.createPromotions(inputs.map(promotionRow))
  await promotionsCreated({ promotions, additional_data })
  return promotions
}

function promotionRow({ campaign, application_method, rules = [], ...promotion }: PromotionFields): NewPromotion {
  const { target_rules = [], buy_rules = [], ...method } = application_method
  if (campaign && promotion.campaign_id) {
    throw new Problem('invalid_data', 'A promotion has a campaign_id or a new campaign, not both')
  }
  if (promotion.type === 'buyget' && buy_rules.length === 0) {
    throw new Problem('invalid_data', 'A buyget promotion needs at least one buy rule')
  }
  const checked = checkedMethod(promotion.type, method, { target: target_rules.length, buy: buy_rules.length })
  const newCampaign = campaign && campaignRow(campaign)
  return {
    ...promotion,
    id: newId('promo'),
    ...(newCampaign && { campaign: newCampaign, campaign_id: newCampaign.id }),
    application_method: {
      ...checked,
      id: newId('proappmet'),
      target_rules: target_rules.map(ruleRow),
      buy_rules: buy_rules.map(ruleRow),
    },
    rules: rules.map(ruleRow),
  }
}

export async function updatePromotions({
  additional_data,
  ...changes
}: UpdatePromotionsInput & WithAdditionalData): Promise<{ id: string }[]> {
  const promotions = await write.updatePromotions(changes)
  const withStatus = changes.promotions.filter(({ status }) => status !== undefined).map(({ id }) => ({ id }))
  if (withStatus.length > 0) await promotionStatusUpdated({ promotions: withStatus, additional_data })
  await promotionsUpdated({ promotions, additional_data })
  return promotions
}

/** Deletes promotions with their application methods and rules. */
export async function deletePromotions({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deletePromotions(ids)
  await promotionsDeleted({ ids })
  return ids
}
