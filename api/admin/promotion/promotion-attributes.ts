/** The attributes that promotion rules can compare, and where their values come from. */
import type { Context } from 'hono'
import type { AppEnv } from '../../../framework/http/router.ts'
import { schemaName } from '../../../framework/model/entity-names.ts'
import { Problem } from '../../../framework/problem.ts'
import { ALL } from '../../../framework/query.ts'
import type { RuleKind } from '../../../modules/promotion/rules/promotion.ts'

/** The rows that the values of an attribute come from: `value` is the column that is compared, `label` the one to display. */
export interface ValueSource {
  entity: string
  value: string
  label: string
}

export interface Attribute {
  id: string
  /** The `attribute` of rules. */
  value: string
  label: string
  field_type: 'select' | 'multiselect' | 'number'
  operators: { id: string; value: string; label: string }[]
  required: boolean
  /** Whether it is a field of the application method that is presented as a rule. */
  disguised: boolean
  hydrate: boolean
}

/** What is known about the promotion of the rules. */
export interface PromotionContext {
  promotion_type?: string | undefined
  application_method_type?: string | undefined
  application_method_target_type?: string | undefined
}

const KINDS: Record<string, RuleKind> = { rules: 'rules', 'target-rules': 'target_rules', 'buy-rules': 'buy_rules' }
export const RULE_TYPES = Object.entries(KINDS)

/** @throws Problem `invalid_data` if the type does not exist. */
export function kindOf(ruleType: string): RuleKind {
  const kind = Object.hasOwn(KINDS, ruleType) ? KINDS[ruleType] : undefined
  if (kind) return kind
  throw new Problem('invalid_data', `The rule type ${ruleType} is none of: ${Object.keys(KINDS).join(', ')}`)
}

const OPERATORS = { in: 'In', eq: 'Equals', ne: 'Not In' }
const operatorsOf = (...names: (keyof typeof OPERATORS)[]) =>
  names.map((name) => ({ id: name, value: name, label: OPERATORS[name] }))

const SOURCES: Record<string, ValueSource> = {
  customer_group: { entity: 'customer_group', value: 'id', label: 'name' },
  region: { entity: 'region', value: 'id', label: 'name' },
  country: { entity: 'region_country', value: 'iso_2', label: 'display_name' },
  sales_channel: { entity: 'sales_channel', value: 'id', label: 'name' },
  product: { entity: 'product', value: 'id', label: 'title' },
  product_category: { entity: 'product_category', value: 'id', label: 'name' },
  product_collection: { entity: 'product_collection', value: 'id', label: 'title' },
  product_type: { entity: 'product_type', value: 'id', label: 'value' },
  product_tag: { entity: 'product_tag', value: 'id', label: 'value' },
  shipping_option_type: { entity: 'shipping_option_type', value: 'id', label: 'label' },
  currency_code: { entity: 'currency', value: 'code', label: 'name' },
}

const multiselect = (id: string, value: string, label: string): Attribute => ({
  id,
  value,
  label,
  field_type: 'multiselect',
  operators: operatorsOf('in', 'eq', 'ne'),
  required: false,
  disguised: false,
  hydrate: true,
})

const CART_ATTRIBUTES = [
  multiselect('customer_group', 'customer.groups.id', 'Customer Group'),
  multiselect('region', 'region.id', 'Region'),
  multiselect('country', 'shipping_address.country_code', 'Country'),
  multiselect('sales_channel', 'sales_channel_id', 'Sales Channel'),
]
const ITEM_ATTRIBUTES = [
  multiselect('product', 'items.product.id', 'Product'),
  multiselect('product_category', 'items.product.categories.id', 'Product Category'),
  multiselect('product_collection', 'items.product.collection_id', 'Product Collection'),
  multiselect('product_type', 'items.product.type_id', 'Product Type'),
  multiselect('product_tag', 'items.product.tags.id', 'Product Tag'),
]
const SHIPPING_ATTRIBUTES = [
  multiselect(
    'shipping_option_type',
    'shipping_methods.shipping_option.shipping_option_type_id',
    'Shipping Option Type',
  ),
]

/** A field of the application method, presented as a rule. */
function disguised(id: string, label: string, field_type: Attribute['field_type'], required: boolean): Attribute {
  const hydrate = field_type === 'select'
  return { id, value: id, label, field_type, operators: operatorsOf('eq'), required, disguised: true, hydrate }
}

/** The attributes that rules of a kind can compare, without those whose module the project does not have. */
export function attributesOf(c: Context<AppEnv>, kind: RuleKind, promotion: PromotionContext): Attribute[] {
  const entities = c.var.query.describe()
  const isKnown = ({ id }: Attribute) => !SOURCES[id] || Object.hasOwn(entities, schemaName(SOURCES[id].entity))
  return allAttributesOf(kind, promotion).filter(isKnown)
}

function allAttributesOf(kind: RuleKind, promotion: PromotionContext): Attribute[] {
  const isBuyget = promotion.promotion_type === 'buyget'
  if (kind === 'rules') {
    const isFixed = promotion.application_method_type === 'fixed'
    return [disguised('currency_code', 'Currency Code', 'select', isFixed), ...CART_ATTRIBUTES]
  }
  const isShipping = promotion.application_method_target_type === 'shipping_methods'
  const targetAttributes = isShipping ? SHIPPING_ATTRIBUTES : ITEM_ATTRIBUTES
  if (kind === 'buy_rules') {
    const minimum = disguised('buy_rules_min_quantity', 'Minimum quantity of items', 'number', true)
    return isBuyget ? [minimum, ...ITEM_ATTRIBUTES] : ITEM_ATTRIBUTES
  }
  return isBuyget
    ? [disguised('apply_to_quantity', 'Quantity of items promotion will apply to', 'number', true), ...targetAttributes]
    : targetAttributes
}

/** @throws Problem `invalid_data` if the attribute has no values to choose from. */
export function sourceOf(attributes: Attribute[], id: string): ValueSource {
  const source = attributes.some((attribute) => attribute.id === id) ? SOURCES[id] : undefined
  if (source) return source
  throw new Problem('invalid_data', `The rule attribute ${id} has no values to choose from here`)
}

/** Value → label, without deleted values. */
export async function labelsOf(
  c: Context<AppEnv>,
  attribute: Attribute,
  values: string[],
): Promise<Map<string, string>> {
  const source = SOURCES[attribute.id]
  if (!source || values.length === 0) return new Map()
  const { rows } = await c.var.query.list(source.entity, {
    fields: [source.value, source.label],
    filters: { [source.value]: values },
    limit: ALL,
  })
  return new Map(rows.map((row) => [String(row[source.value]), String(row[source.label])]))
}
