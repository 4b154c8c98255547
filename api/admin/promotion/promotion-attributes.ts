/** What the rules of promotions can be about, and where the values come from that people choose among. */
import type { Context } from 'hono'
import type { AppEnv } from '../../../framework/http/router.ts'
import { schemaName } from '../../../framework/model/entity-names.ts'
import { Problem } from '../../../framework/problem.ts'
import { ALL } from '../../../framework/query.ts'
import type { RuleKind } from '../../../modules/promotion/rules/promotion.ts'

/** Rows that are values: which column is compared, and which one people read. */
export interface Source {
  entity: string
  value: string
  label: string
}

export interface Attribute {
  id: string
  /** As rules say it. */
  value: string
  label: string
  field_type: 'select' | 'multiselect' | 'number'
  operators: { id: string; value: string; label: string }[]
  required: boolean
  /** It is a field of the application method, shown as if it were a rule. */
  disguised: boolean
  hydrate: boolean
}

/** Which promotion the rules are for, as far as that is known. */
export interface Circumstances {
  promotion_type?: string | undefined
  application_method_type?: string | undefined
  application_method_target_type?: string | undefined
}

const KINDS: Record<string, RuleKind> = { rules: 'rules', 'target-rules': 'target_rules', 'buy-rules': 'buy_rules' }
export const RULE_TYPES = Object.entries(KINDS)

/** @throws Problem `invalid_data` where there is no such type. */
export function kindOf(ruleType: string): RuleKind {
  const kind = Object.hasOwn(KINDS, ruleType) ? KINDS[ruleType] : undefined
  if (kind) return kind
  throw new Problem('invalid_data', `The rule type ${ruleType} is none of: ${Object.keys(KINDS).join(', ')}`)
}

const OPERATORS = { in: 'In', eq: 'Equals', ne: 'Not In' }
const operatorsOf = (...names: (keyof typeof OPERATORS)[]) =>
  names.map((name) => ({ id: name, value: name, label: OPERATORS[name] }))

const SOURCES: Record<string, Source> = {
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

const chosen = (id: string, value: string, label: string): Attribute => ({
  id,
  value,
  label,
  field_type: 'multiselect',
  operators: operatorsOf('in', 'eq', 'ne'),
  required: false,
  disguised: false,
  hydrate: true,
})

const OF_CART = [
  chosen('customer_group', 'customer.groups.id', 'Customer Group'),
  chosen('region', 'region.id', 'Region'),
  chosen('country', 'shipping_address.country_code', 'Country'),
  chosen('sales_channel', 'sales_channel_id', 'Sales Channel'),
]
const OF_ITEMS = [
  chosen('product', 'items.product.id', 'Product'),
  chosen('product_category', 'items.product.categories.id', 'Product Category'),
  chosen('product_collection', 'items.product.collection_id', 'Product Collection'),
  chosen('product_type', 'items.product.type_id', 'Product Type'),
  chosen('product_tag', 'items.product.tags.id', 'Product Tag'),
]
const OF_SHIPPING = [
  chosen('shipping_option_type', 'shipping_methods.shipping_option.shipping_option_type_id', 'Shipping Option Type'),
]

/** A field of the application method. */
function disguised(id: string, label: string, field_type: Attribute['field_type'], required: boolean): Attribute {
  const hydrate = field_type === 'select'
  return { id, value: id, label, field_type, operators: operatorsOf('eq'), required, disguised: true, hydrate }
}

/** What rules of this kind can be about; what this project has no module for is left out. */
export function attributesOf(c: Context<AppEnv>, kind: RuleKind, about: Circumstances): Attribute[] {
  const known = c.var.query.describe()
  const isKnown = ({ id }: Attribute) => !SOURCES[id] || Object.hasOwn(known, schemaName(SOURCES[id].entity))
  return all(kind, about).filter(isKnown)
}

function all(kind: RuleKind, about: Circumstances): Attribute[] {
  const isBuyget = about.promotion_type === 'buyget'
  if (kind === 'rules') {
    const isFixed = about.application_method_type === 'fixed'
    return [disguised('currency_code', 'Currency Code', 'select', isFixed), ...OF_CART]
  }
  const ofLines = about.application_method_target_type === 'shipping_methods' ? OF_SHIPPING : OF_ITEMS
  if (kind === 'buy_rules') {
    const least = disguised('buy_rules_min_quantity', 'Minimum quantity of items', 'number', true)
    return isBuyget ? [least, ...OF_ITEMS] : OF_ITEMS
  }
  return isBuyget
    ? [disguised('apply_to_quantity', 'Quantity of items promotion will apply to', 'number', true), ...ofLines]
    : ofLines
}

/** @throws Problem `invalid_data` where it has no values to choose from. */
export function sourceOf(attributes: Attribute[], id: string): Source {
  const source = attributes.some((attribute) => attribute.id === id) ? SOURCES[id] : undefined
  if (source) return source
  throw new Problem('invalid_data', `The rule attribute ${id} has no values to choose from here`)
}

/** Values of an attribute as people read them; those that are gone are not among them. */
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
