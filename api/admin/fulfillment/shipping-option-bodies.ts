/** The request bodies of shipping options. */
import { some } from '../../../framework/http/fields.ts'
import { z } from '../../../framework/http/router.ts'

const MAX_LIST = 1000
const record = () => z.record(z.string(), z.unknown())
const type = z.strictObject({ label: z.string(), description: z.string().optional(), code: z.string() })

const condition = z.object({
  attribute: z.literal('item_total'),
  operator: z.enum(['gte', 'lte', 'gt', 'lt', 'eq']),
  value: z.number(),
})
const price = {
  currency_code: z.string().optional(),
  region_id: z.string().optional(),
  rules: z.array(condition).max(100).optional(),
}

type PriceScope = { currency_code?: string | undefined; region_id?: string | undefined }

/** A price has either a currency or a region. */
function refineScope({ currency_code, region_id }: PriceScope, context: z.RefinementCtx): void {
  if (currency_code === undefined && region_id === undefined) missing('currency_code', 'string', context)
  if (currency_code !== undefined && region_id !== undefined)
    context.addIssue({ code: 'unrecognized_keys', keys: ['region_id'], input: undefined })
}

function missing(field: string, expected: 'string' | 'number' | 'array', context: z.RefinementCtx): void {
  context.addIssue({ code: 'invalid_type', expected, path: [field], input: undefined })
}

const NewPrice = z.strictObject({ ...price, amount: z.number() }).superRefine(refineScope)
const PriceChange = z
  .strictObject({ ...price, id: z.string().optional(), amount: z.number().optional() })
  .superRefine((change, context) => {
    if (change.id !== undefined) return
    refineScope(change, context)
    if (change.amount === undefined) missing('amount', 'number', context)
  })

const rule = {
  attribute: z.string(),
  operator: z.enum(['in', 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'nin']),
  value: z.union([z.string(), z.array(z.string()).max(MAX_LIST)]),
}
export const NewRule = z.strictObject(rule).openapi('NewShippingOptionRule')
export const RuleChange = z.strictObject({ ...rule, id: z.string() }).openapi('ShippingOptionRuleChange')
const NewOrChangedRule = z.strictObject({ ...rule, id: z.string().optional() })

const price_type = z.enum(['calculated', 'flat'])

export const NewShippingOption = z
  .strictObject({
    name: z.string(),
    service_zone_id: z.string(),
    shipping_profile_id: z.string(),
    data: record().optional(),
    price_type,
    provider_id: z.string(),
    type: type.optional(),
    type_id: z.string().optional(),
    prices: some(NewPrice),
    rules: some(NewRule),
    metadata: record().optional(),
  })
  .superRefine(({ type, type_id, price_type, prices }, context) => {
    if (price_type === 'flat' && !prices) missing('prices', 'array', context)
    if (!type && type_id === undefined) missing('type_id', 'string', context)
    if (type && type_id !== undefined) refuseTwoTypes(context)
  })
  .transform(({ type, type_id = '', ...option }) => ({ ...option, ...(type ? { type } : { type_id }) })) // one of them is given
  .openapi('NewShippingOption')

export const ShippingOptionChange = z
  .strictObject({
    name: z.string(),
    data: record(),
    price_type,
    provider_id: z.string(),
    shipping_profile_id: z.string(),
    type,
    type_id: z.string(),
    prices: z.array(PriceChange).max(MAX_LIST),
    rules: z.array(NewOrChangedRule).max(MAX_LIST),
    metadata: record(),
  })
  .partial()
  .superRefine(({ type, type_id }, context) => {
    if (type && type_id !== undefined) refuseTwoTypes(context)
  })
  .openapi('ShippingOptionChange')

function refuseTwoTypes(context: z.RefinementCtx): void {
  context.addIssue({ code: 'custom', message: "Only one of 'type' and 'type_id' can be given" })
}
