import type { CampaignPromotionsInput } from '../../modules/promotion/rules/promotion.ts'
import { write } from '../steps.ts'

/** Refused if a promotion has another currency than the budget of the campaign. */
export async function addOrRemoveCampaignPromotions(input: CampaignPromotionsInput): Promise<void> {
  await write.changeCampaignPromotions(input)
}
