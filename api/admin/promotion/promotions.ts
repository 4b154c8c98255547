import { additionalData, metadata, some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { createPromotions, deletePromotions, updatePromotions } from '../../../workflows/promotion/promotions.ts'
import { newCampaignFields } from './campaigns.ts'

const MAX_VALUES = 1000

export const ruleFields = {
  operator: z.enum(['gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'in']),
  description: z.string().nullish(),
  attribute: z.string(),
  values: z.union([z.string().transform((value) => [value]), z.array(z.string()).max(MAX_VALUES)]),
}
const rules = some(z.strictObject(ruleFields))
const quantity = () => z.number().int().min(1).nullish()

const method = {
  description: z.string().nullish(),
  value: z.number().transform(String),
  currency_code: z.string().nullish(),
  max_quantity: quantity(),
  type: z.enum(['fixed', 'percentage']),
  target_type: z.enum(['order', 'shipping_methods', 'items']),
  allocation: z.enum(['each', 'across', 'once']).optional(),
  apply_to_quantity: quantity(),
  buy_rules_min_quantity: quantity(),
}
const NewMethod = z.strictObject({ ...method, target_rules: rules, buy_rules: rules }).transform(withoutDescription)
const MethodChange = z.strictObject(method).partial().transform(withoutDescription)

const fields = {
  code: z.string().min(1),
  is_automatic: z.boolean().optional(),
  is_tax_inclusive: z.boolean().optional(),
  type: z.enum(['standard', 'buyget']),
  status: z.enum(['draft', 'active', 'inactive']).optional(),
  campaign_id: z.string().nullish(),
  limit: z.number().int().min(1).nullish(),
  metadata: metadata().optional(),
  additional_data: additionalData(),
}

export const promotion: Representation = {
  entity: 'promotion',
  one: 'promotion',
  many: 'promotions',
  fields: {
    defaults: [
      'id',
      'code',
      'is_automatic',
      'is_tax_inclusive',
      'type',
      'limit',
      'used',
      'status',
      'created_at',
      'updated_at',
      'deleted_at',
      'metadata',
      'campaign_id',
      '*campaign',
      '*campaign.budget',
      '*application_method',
      '*application_method.buy_rules',
      'application_method.buy_rules.values.value',
      '*application_method.target_rules',
      'application_method.target_rules.values.value',
      'rules.id',
      'rules.attribute',
      'rules.operator',
      'rules.values.value',
    ],
  },
}

export const promotions = resource({
  representation: promotion,
  path: '/admin/promotions',
  list: {
    filters: {
      ...filter.texts('code', 'campaign_id'),
      application_method: filter.related({ currency_code: filter.text() }),
      ...filter.dates(),
    },
  },
  create: z
    .strictObject({
      ...fields,
      campaign: z.strictObject(newCampaignFields).optional(),
      application_method: NewMethod,
      rules,
    })
    .openapi('NewPromotion'),
  update: z
    .strictObject({ ...fields, application_method: MethodChange })
    .partial()
    .openapi('PromotionChange'),
  workflows: { create: createPromotions, update: updatePromotions, delete: deletePromotions },
})

/** The API accepts a description of a method, but does not store it. */
function withoutDescription<M extends { description?: unknown }>({ description: _, ...method }: M) {
  return method
}
