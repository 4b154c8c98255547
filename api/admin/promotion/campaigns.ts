import { additionalData, date } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { addOrRemoveCampaignPromotions } from '../../../workflows/promotion/add-or-remove-campaign-promotions.ts'
import { createCampaigns, deleteCampaigns, updateCampaigns } from '../../../workflows/promotion/campaigns.ts'

const limit = z.number().transform(String).nullish()
const fields = {
  name: z.string(),
  campaign_identifier: z.string(),
  description: z.string().nullish(),
  starts_at: date().nullish(),
  ends_at: date().nullish(),
}

const Budget = z.strictObject({
  type: z.enum(['spend', 'usage', 'use_by_attribute', 'spend_by_attribute']),
  limit,
  currency_code: z.string().nullish(),
  attribute: z.string().nullish(),
})

/** The fields of a new campaign, created alone or with a promotion. */
export const newCampaignFields = { ...fields, budget: Budget.nullish() }

const campaign: Representation = {
  entity: 'promotion_campaign',
  one: 'campaign',
  many: 'campaigns',
  fields: {
    defaults: [
      'id',
      'name',
      'description',
      'campaign_identifier',
      '*budget',
      'starts_at',
      'ends_at',
      'created_at',
      'updated_at',
      'deleted_at',
    ],
  },
}

export const campaigns = resource({
  representation: campaign,
  path: '/admin/campaigns',
  list: {
    filters: {
      campaign_identifier: filter.text(),
      budget: filter.related({ currency_code: filter.text() }),
    },
  },
  create: z.strictObject({ ...newCampaignFields, additional_data: additionalData() }).openapi('NewCampaign'),
  update: z
    .strictObject({ ...fields, budget: z.strictObject({ limit }), additional_data: additionalData() })
    .partial()
    .openapi('CampaignChange'),
  workflows: { create: createCampaigns, update: updateCampaigns, delete: deleteCampaigns },
})

changes(campaigns, campaign, {
  path: '/admin/campaigns/{id}/promotions',
  summary: 'Add promotions to a campaign, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(addOrRemoveCampaignPromotions, { ...body, id }),
})
