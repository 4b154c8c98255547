/** What must hold for a promotion: batches of its rules, the rules as people read them, and what they can choose. */
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

const circumstances = {
  promotion_type: z.string().optional(),
  application_method_type: z.string().optional(),
  application_method_target_type: z.string().optional(),
}
const rule: Representation = {
  entity: 'promotion_rule',
  one: 'promotion-rule',
  many: 'promotion-rules',
  fields: { defaults: ['id', 'description', 'attribute', 'operator', 'values.value'] },
  params: circumstances,
}
const tags = ['promotions']
const plain = z.record(z.string(), z.unknown())

export const promotionRules = createRouter()

for (const [name, kind] of RULE_TYPES) {
  batches(promotionRules, rule, {
    path: `/admin/promotions/{id}/${name}/batch`,
    create: z.strictObject(ruleFields),
    update: z
      .strictObject({ ...ruleFields, id: z.string() })
      .partial()
      .required({ id: true, values: true }),
    run: (c, batch, { id }) => c.var.run(batchPromotionRules, { ...batch, promotion_id: id, kind }),
  })
}

const OfPromotion = z.strictObject({ ...circumstances, fields: z.string().optional() })
const ofPromotion = route({
  method: 'get',
  path: '/admin/promotions/{id}/{rule_type}',
  tags,
  summary: 'List the rules of a promotion as people read them',
  parameters: parametersOf(OfPromotion),
  request: { params: z.object({ id: z.string(), rule_type: z.string() }) },
  responses: {
    200: json(z.object({ rules: z.array(plain) }), 'Those of the type'),
    404: { description: 'There is no such promotion' },
  },
})

promotionRules.openapi(ofPromotion, async (c) => {
  const { id, rule_type } = c.req.valid('param')
  const { fields: _, ...said } = valid(c, OfPromotion)
  const kind = kindOf(rule_type)
  const found = await c.var.query.retrieve(PromotionWithRules, id)
  const promotion_type = found.type
  const method = found.application_method!
  const { type: application_method_type, target_type: application_method_target_type } = method
  const about = { promotion_type, application_method_type, application_method_target_type, ...said }
  const attributes = attributesOf(c, kind, about)
  const stored = kind === 'rules' ? found.rules : method[kind]
  const rows = [...attributes.flatMap((attribute) => disguisedRule(attribute, method)), ...stored]
  const labels = await labelsIn(c, rows, attributes)
  return c.json({ rules: rows.map((row) => readable(row, attributes, labels)) }, 200)
})

const rulesAsStored = [{ id: true, attribute: true, operator: true, values: [{ value: true }] }] as const
const PromotionWithRules = shape('promotion', {
  type: true,
  rules: rulesAsStored,
  application_method: { '*': true, target_rules: rulesAsStored, buy_rules: rulesAsStored },
})

type PromotionRule = ShapeOf<typeof PromotionWithRules>['rules'][number]
/** What is shown as a rule without being one has no id. */
type StoredRule = Omit<PromotionRule, 'id'> & Partial<Pick<PromotionRule, 'id'>>

/** What the application method says, as if it were a rule. */
function disguisedRule({ disguised, value }: Attribute, method: Record<string, unknown>): StoredRule[] {
  const said = method[value]
  if (!disguised || said === null || said === undefined) return []
  return [{ attribute: value, operator: 'eq', values: [{ value: String(said) }] }]
}

/** How people read values, by attribute: a read for each attribute, however many rules there are. */
type Labels = Map<string, Map<string, string>>

async function labelsIn(c: Context<AppEnv>, rules: StoredRule[], attributes: Attribute[]): Promise<Labels> {
  const labels = attributes.map(async (attribute) => {
    const about = rules.filter((rule) => rule.attribute === attribute.value)
    const values = about.flatMap((rule) => rule.values.map(({ value }) => value))
    return [attribute.value, await labelsOf(c, attribute, values)] as const
  })
  return new Map(await Promise.all(labels))
}

function readable(rule: StoredRule, attributes: Attribute[], labels: Labels) {
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

const Options = z.strictObject(circumstances)
const attributeOptions = route({
  method: 'get',
  path: '/admin/promotions/rule-attribute-options/{rule_type}',
  tags,
  summary: 'List what rules can be about',
  parameters: parametersOf(Options),
  request: { params: z.object({ rule_type: z.string() }) },
  responses: { 200: json(z.object({ attributes: z.array(plain) }), 'With the operators of each') },
})

promotionRules.openapi(attributeOptions, async (c) => {
  const about = valid(c, Options)
  return c.json({ attributes: attributesOf(c, kindOf(c.req.param('rule_type')), about) }, 200)
})

const Values = z.strictObject({
  ...paging(100),
  ...circumstances,
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
  summary: 'List the values that a rule about this can have',
  parameters: parametersOf(Values),
  request: { params: z.object({ rule_type: z.string(), rule_attribute_id: z.string() }) },
  responses: { 200: json(pageSchema('values', Value), 'A page of values') },
})

promotionRules.openapi(valueOptions, async (c) => {
  const { rule_type, rule_attribute_id } = c.req.valid('param')
  const { fields: _, q, value, order, limit, offset, with_deleted, ...about } = valid(c, Values)
  const source = sourceOf(attributesOf(c, kindOf(rule_type), about), rule_attribute_id)
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
