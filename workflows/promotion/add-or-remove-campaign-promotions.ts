import type { CampaignPromotionsInput } from '../../modules/promotion/rules/promotion.ts'
import { write } from '../steps.ts'

/** Sets which promotions are in a campaign. */
export async function addOrRemoveCampaignPromotions(input: CampaignPromotionsInput): Promise<void> {
  await write.changeCampaignPromotions(input)
}
