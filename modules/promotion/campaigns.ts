import { bigNumber, choice, id, model, type Row, text, timestamp, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany, hasOne } from '../../framework/model/relations.ts'

/** Promotions with a common period and budget. */
export const Campaign = model(
  'promotion_campaign',
  {
    id: id('procamp'),
    name: text().searchable(),
    description: text().nullable().searchable(),
    campaign_identifier: text().unique(),
    starts_at: timestamp().nullable(),
    ends_at: timestamp().nullable(),
    ...timestamps(),
  },
  {
    title: 'Campaign',
    relations: {
      budget: hasOne('promotion_campaign_budget', { by: 'campaign_id' }).cascade(),
      promotions: hasMany('promotion', { by: 'campaign_id' }),
    },
  },
)
export type Campaign = Row<typeof Campaign>

/** The limit of a campaign: an amount that it may cost, or a number of uses. */
export const CampaignBudget = model(
  'promotion_campaign_budget',
  {
    id: id('probudg'),
    type: choice('spend', 'usage', 'use_by_attribute', 'spend_by_attribute'),
    currency_code: text().nullable(),
    limit: bigNumber().nullable(),
    used: bigNumber().default(0).counter(),
    attribute: text().nullable(),
    campaign_id: text(),
    ...timestamps(),
  },
  {
    title: 'Campaign Budget',
    relations: {
      campaign: belongsTo('promotion_campaign', { by: 'campaign_id' }),
      usages: hasMany('promotion_campaign_budget_usage', { by: 'budget_id' }).cascade(),
    },
    indexes: [{ columns: ['campaign_id'], unique: true }, { columns: ['type'] }],
  },
)
export type CampaignBudget = Row<typeof CampaignBudget>

/** The use of a budget by one customer. */
export const CampaignBudgetUsage = model(
  'promotion_campaign_budget_usage',
  {
    id: id('probudgus'),
    attribute_value: text(),
    used: bigNumber().default(0).counter(),
    budget_id: text(),
    ...timestamps(),
  },
  {
    title: 'Campaign Budget Usage',
    relations: { budget: belongsTo('promotion_campaign_budget', { by: 'budget_id' }) },
    indexes: [{ columns: ['attribute_value', 'budget_id'], unique: true }],
  },
)
