/** The rules of a promotion: batches, rules with labels for display, and the attributes and values to choose from. */
import type { Context } from 'hono'
import * as filter from '../../../framework/http/filters.ts'
import { pageSchema, paging, parametersOf, valid } from '../../../framework/http/list-query.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { type AppEnv, createRouter, json, route, z } from '../../../framework/http/router.ts'
import { batches } from '../../../framework/http/routes.ts'
import type { ShapeOf } from '../../../framework/shape.ts'
import { shape } from '../../../query/shape.ts'
import { batchPromotionRules } from '../../../workflows/promotion/batch-promotion-rules.ts'
import { type Attribute, attributesOf, kindOf, labelsOf, RULE_TYPES, sourceOf } from './promotion-attributes.ts'
import { ruleFields } from './promotions.ts'

const promotionContext = {
  promotion_type: z.string().optional(),
  application_method_type: z.string().optional(),
  application_method_target_type: z.string().optional(),
}
const rule: Representation = {
  entity: 'promotion_rule',
  one: 'promotion-rule',
  many: 'promotion-rules',
  fields: { defaults: ['id', 'description', 'attribute', 'operator', 'values.value'] },
  params: promotionContext,
}
const tags = ['promotions']
const plain = z.record(z.string(), z.unknown())

export const promotionRules = createRouter()

for (const [name, kind] of RULE_TYPES) {
  batches(promotionRules, rule, {
    path: `/admin/promotions/{id}/${name}/batch`,
    summary: `Create, update and delete ${name.replace('-', ' ')} of a promotion`,
    create: z.strictObject(ruleFields),
    update: z
      .strictObject({ ...ruleFields, id: z.string() })
      .partial()
      .required({ id: true, values: true }),
    run: (c, batch, { id }) => c.var.run(batchPromotionRules, { ...batch, promotion_id: id, kind }),
  })
}

const RulesQuery = z.strictObject({ ...promotionContext, fields: z.string().optional() })
const listRules = route({
  method: 'get',
  path: '/admin/promotions/{id}/{rule_type}',
  tags,
  summary: 'List the rules of a promotion',
  description: 'With labels for display.',
  parameters: parametersOf(RulesQuery),
  request: { params: z.object({ id: z.string(), rule_type: z.string() }) },
  responses: {
    200: json(z.object({ rules: z.array(plain) }), 'The rules of the type'),
    404: { description: 'The promotion was not found' },
  },
})

promotionRules.openapi(listRules, async (c) => {
  const { id, rule_type } = c.req.valid('param')
  const { fields: _, ...overrides } = valid(c, RulesQuery)
  const kind = kindOf(rule_type)
  const promotion = await c.var.query.retrieve(PromotionWithRules, id)
  const promotion_type = promotion.type
  const method = promotion.application_method!
  const { type: application_method_type, target_type: application_method_target_type } = method
  const context = { promotion_type, application_method_type, application_method_target_type, ...overrides }
  const attributes = attributesOf(c, kind, context)
  const ruleRows = kind === 'rules' ? promotion.rules : method[kind]
  const rules = [...attributes.flatMap((attribute) => disguisedRules(attribute, method)), ...ruleRows]
  const labels = await labelsByAttribute(c, rules, attributes)
  return c.json({ rules: rules.map((rule) => labelledRule(rule, attributes, labels)) }, 200)
})

const ruleFieldsWithValues = [{ id: true, attribute: true, operator: true, values: [{ value: true }] }] as const
const PromotionWithRules = shape('promotion', {
  type: true,
  rules: ruleFieldsWithValues,
  application_method: { '*': true, target_rules: ruleFieldsWithValues, buy_rules: ruleFieldsWithValues },
})

type PromotionRule = ShapeOf<typeof PromotionWithRules>['rules'][number]
/** A field of the application method that is presented as a rule has no id. */
type RuleRow = Omit<PromotionRule, 'id'> & Partial<Pick<PromotionRule, 'id'>>

/** The rule that a field of the application method is presented as; none if the field is not set. */
function disguisedRules({ disguised, value }: Attribute, method: Record<string, unknown>): RuleRow[] {
  const field = method[value]
  if (!disguised || field === null || field === undefined) return []
  return [{ attribute: value, operator: 'eq', values: [{ value: String(field) }] }]
}

/** Attribute → value → label. */
type Labels = Map<string, Map<string, string>>

/** One query for each attribute, however many rules there are. */
async function labelsByAttribute(c: Context<AppEnv>, rules: RuleRow[], attributes: Attribute[]): Promise<Labels> {
  const labels = attributes.map(async (attribute) => {
    const rulesOfAttribute = rules.filter((rule) => rule.attribute === attribute.value)
    const values = rulesOfAttribute.flatMap((rule) => rule.values.map(({ value }) => value))
    return [attribute.value, await labelsOf(c, attribute, values)] as const
  })
  return new Map(await Promise.all(labels))
}

function labelledRule(rule: RuleRow, attributes: Attribute[], labels: Labels) {
  const attribute = attributes.find(({ value }) => value === rule.attribute)
  const operator = attribute?.operators.find(({ value }) => value === rule.operator)
  return {
    ...rule,
    attribute_label: attribute?.label ?? rule.attribute,
    operator_label: operator?.label ?? rule.operator,
    field_type: attribute?.field_type,
    required: attribute?.required ?? false,
    disguised: attribute?.disguised ?? false,
    hydrate: attribute?.hydrate ?? false,
    values: rule.values.map(({ value }) => ({ value, label: labels.get(rule.attribute)?.get(value) ?? value })),
  }
}

const AttributesQuery = z.strictObject(promotionContext)
const attributeOptions = route({
  method: 'get',
  path: '/admin/promotions/rule-attribute-options/{rule_type}',
  tags,
  summary: 'List the attributes of promotion rules',
  parameters: parametersOf(AttributesQuery),
  request: { params: z.object({ rule_type: z.string() }) },
  responses: { 200: json(z.object({ attributes: z.array(plain) }), 'The attributes with their operators') },
})

promotionRules.openapi(attributeOptions, async (c) => {
  const context = valid(c, AttributesQuery)
  return c.json({ attributes: attributesOf(c, kindOf(c.req.param('rule_type')), context) }, 200)
})

const ValuesQuery = z.strictObject({
  ...paging(100),
  ...promotionContext,
  fields: z.string().optional(),
  q: z.string().optional(),
  order: z.string().optional(),
  with_deleted: filter.flag(),
  value: filter.many(z.string()),
})
const Value = z.object({ value: z.string(), label: z.string().nullable() })
const valueOptions = route({
  method: 'get',
  path: '/admin/promotions/rule-value-options/{rule_type}/{rule_attribute_id}',
  tags,
  summary: 'List the values of a rule attribute',
  parameters: parametersOf(ValuesQuery),
  request: { params: z.object({ rule_type: z.string(), rule_attribute_id: z.string() }) },
  responses: { 200: json(pageSchema('values', Value), 'A page of values') },
})

promotionRules.openapi(valueOptions, async (c) => {
  const { rule_type, rule_attribute_id } = c.req.valid('param')
  const { fields: _, q, value, order, limit, offset, with_deleted, ...context } = valid(c, ValuesQuery)
  const source = sourceOf(attributesOf(c, kindOf(rule_type), context), rule_attribute_id)
  const { rows, count } = await c.var.query.list(source.entity, {
    fields: [source.value, source.label],
    limit,
    offset,
    withDeleted: with_deleted ?? false,
    ...(q !== undefined && { q }),
    ...(order !== undefined && { order }),
    ...(value !== undefined && { filters: { [source.value]: value } }),
  })
  const values = rows.map((row) => ({
    value: String(row[source.value]),
    label: row[source.label] as string | null,
  }))
  return c.json({ values, count, offset, limit }, 200)
})
