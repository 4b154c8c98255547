import {
  bigNumber,
  boolean,
  choice,
  id,
  integer,
  json,
  model,
  type Row,
  text,
  timestamps,
} from '../../framework/model/model.ts'
import { belongsTo, hasMany, hasOne, manyToMany } from '../../framework/model/relations.ts'
import { Campaign, CampaignBudget, CampaignBudgetUsage } from './campaigns.ts'

/** A discount, applied by a code or automatically. */
export const Promotion = model(
  'promotion',
  {
    id: id('promo'),
    code: text().unique().searchable(),
    is_automatic: boolean().default(false),
    is_tax_inclusive: boolean().default(false),
    limit: integer().nullable(),
    used: integer().default(0).counter(),
    type: choice('standard', 'buyget'),
    status: choice('draft', 'active', 'inactive').default('draft'),
    campaign_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      campaign: belongsTo('promotion_campaign', { by: 'campaign_id' }),
      application_method: hasOne('promotion_application_method').cascade(),
      rules: manyToMany('promotion_rule', { through: 'promotion_promotion_rule' }),
    },
    indexes: [{ columns: ['type'] }, { columns: ['status'] }, { columns: ['is_automatic'] }],
  },
)
export type Promotion = Row<typeof Promotion>

/** The discount of a promotion, and what it applies to. */
export const ApplicationMethod = model(
  'promotion_application_method',
  {
    id: id('proappmet'),
    value: bigNumber().nullable(),
    currency_code: text().nullable(),
    max_quantity: integer().nullable(),
    apply_to_quantity: integer().nullable(),
    buy_rules_min_quantity: integer().nullable(),
    type: choice('fixed', 'percentage'),
    target_type: choice('order', 'shipping_methods', 'items'),
    allocation: choice('each', 'across', 'once').nullable(),
    promotion_id: text(),
    ...timestamps(),
  },
  {
    title: 'Application Method',
    relations: {
      promotion: belongsTo('promotion'),
      target_rules: manyToMany('promotion_rule', {
        through: 'application_method_target_rules',
        mine: 'application_method_id',
      }),
      buy_rules: manyToMany('promotion_rule', {
        through: 'application_method_buy_rules',
        mine: 'application_method_id',
      }),
    },
    indexes: [
      { columns: ['promotion_id'], unique: true },
      { columns: ['currency_code'] },
      { columns: ['type'] },
      { columns: ['target_type'] },
      { columns: ['allocation'] },
    ],
  },
)
export type ApplicationMethod = Row<typeof ApplicationMethod>

/** A condition on the cart, on the items that must be bought, or on the items that are discounted. */
export const PromotionRule = model(
  'promotion_rule',
  {
    id: id('prorul'),
    description: text().nullable(),
    attribute: text(),
    operator: choice('gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'in'),
    ...timestamps(),
  },
  {
    relations: {
      values: hasMany('promotion_rule_value').cascade(),
      promotions: manyToMany('promotion', { through: 'promotion_promotion_rule' }),
      method_target_rules: manyToMany('promotion_application_method', {
        through: 'application_method_target_rules',
        theirs: 'application_method_id',
      }),
      method_buy_rules: manyToMany('promotion_application_method', {
        through: 'application_method_buy_rules',
        theirs: 'application_method_id',
      }),
    },
    indexes: [{ columns: ['attribute', 'operator'] }, { columns: ['operator', 'attribute', 'id'] }],
  },
)
export type PromotionRule = Row<typeof PromotionRule>

/** A value that a rule compares with. */
export const PromotionRuleValue = model(
  'promotion_rule_value',
  { id: id('prorulval'), value: text(), promotion_rule_id: text(), ...timestamps() },
  {
    relations: { promotion_rule: belongsTo('promotion_rule') },
    indexes: [{ columns: ['promotion_rule_id', 'value'] }, { columns: ['value'] }],
  },
)

/** Rules on the cart. The id is that of the rule, as in the two tables below: a rule is in one of them. */
export const PromotionPromotionRule = model(
  'promotion_promotion_rule',
  { id: id('prorul'), promotion_id: text(), promotion_rule_id: text() },
  { relations: { promotion: belongsTo('promotion'), promotion_rule: belongsTo('promotion_rule') } },
)

const ofMethod = <const T extends string>(table: T) =>
  model(
    table,
    { id: id('prorul'), application_method_id: text(), promotion_rule_id: text() },
    {
      relations: {
        application_method: belongsTo('promotion_application_method', { by: 'application_method_id' }),
        promotion_rule: belongsTo('promotion_rule'),
      },
    },
  )

/** Rules on the items that are discounted. */
export const ApplicationMethodTargetRule = ofMethod('application_method_target_rules')
/** Rules on the items that must be bought. */
export const ApplicationMethodBuyRule = ofMethod('application_method_buy_rules')

/** By the names of their tables. */
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
