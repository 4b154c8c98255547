import { newId } from '../../framework/workflow/index.ts'
import type { Campaign, CampaignBudget } from '../../modules/promotion/campaigns.ts'
import { checkedBudget, refuseTimes } from '../../modules/promotion/rules/campaign.ts'
import type { UpdateCampaignsInput } from '../../modules/promotion/rules/promotion.ts'
import type { NewCampaign } from '../../modules/promotion/service.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { campaignsCreated, campaignsDeleted, campaignsUpdated } from './hooks.ts'

export type CampaignFields = Pick<Campaign, 'name' | 'campaign_identifier'> &
  Partial<Pick<Campaign, 'description' | 'starts_at' | 'ends_at'>> & {
    budget?:
      | (Pick<CampaignBudget, 'type'> & Partial<Pick<CampaignBudget, 'limit' | 'currency_code' | 'attribute'>>)
      | null
      | undefined
  }

/** Refused if an identifier is taken. */
export async function createCampaigns({
  campaigns: inputs,
  additional_data,
}: { campaigns: CampaignFields[] } & WithAdditionalData): Promise<{ id: string }[]> {
  const campaigns = await write.createCampaigns(inputs.map(campaignRow))
  await campaignsCreated({ campaigns, additional_data })
  return campaigns
}

/** @throws Problem `invalid_data` if the campaign ends before it starts, or its budget is inconsistent. */
export function campaignRow({ budget, ...campaign }: CampaignFields): NewCampaign {
  refuseTimes(campaign)
  return {
    ...campaign,
    id: newId('procamp'),
    ...(budget && { budget: { ...checkedBudget(budget), id: newId('probudg') } }),
  }
}

/** Only the limit of a budget can change. */
export async function updateCampaigns({
  additional_data,
  ...changes
}: UpdateCampaignsInput & WithAdditionalData): Promise<{ id: string }[]> {
  const campaigns = await write.updateCampaigns(changes)
  await campaignsUpdated({ campaigns, additional_data })
  return campaigns
}

/** Deletes campaigns with their budgets. Their promotions stay in them, so that none continues without its end date. */
export async function deleteCampaigns({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteCampaigns(ids)
  await campaignsDeleted({ ids })
  return ids
}
