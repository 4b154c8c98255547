import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { batches } from '../../../framework/http/routes.ts'
import { batchShippingOptionRules } from '../../../workflows/fulfillment/batch-shipping-option-rules.ts'
import {
  createShippingOptions,
  deleteShippingOptions,
  updateShippingOptions,
} from '../../../workflows/fulfillment/shipping-options.ts'
import { NewRule, NewShippingOption, RuleChange, ShippingOptionChange } from './shipping-option-bodies.ts'

const representation: Representation = {
  entity: 'shipping_option',
  one: 'shipping_option',
  many: 'shipping_options',
  fields: {
    defaults: [
      ...['id', 'name', 'price_type', 'data', 'provider_id', 'metadata', 'created_at', 'updated_at', '*rules', '*type'],
      ...['*prices', '*prices.price_rules', '*service_zone', '*shipping_profile', '*provider'],
      // foreign keys and ids that come with the relations above
      ...['service_zone_id', 'shipping_profile_id', 'service_zone.fulfillment_set.id', 'prices.price_list.id'],
    ],
  },
}
const shippingOptionRule: Representation = {
  entity: 'shipping_option_rule',
  one: 'shipping_option_rule',
  many: 'shipping_option_rules',
  fields: { defaults: ['id', 'attribute', 'operator', 'value'] },
}

export const shippingOptions = resource({
  representation,
  path: '/admin/shipping-options',
  list: {
    limit: 20,
    filters: {
      ...filter.texts('service_zone_id', 'shipping_profile_id', 'provider_id', 'stock_location_id'),
      ...filter.texts('shipping_option_type_id'),
      is_return: filter.flag(),
      admin_only: filter.flag(),
      ...filter.dates(),
    },
    filterAliases: {
      stock_location_id: (id) => ({ service_zone: { fulfillment_set: { location: { id } } } }),
    },
  },
  create: NewShippingOption,
  update: ShippingOptionChange,
  workflows: { create: createShippingOptions, update: updateShippingOptions, delete: deleteShippingOptions },
})

batches(shippingOptions, shippingOptionRule, {
  path: '/admin/shipping-options/{id}/rules/batch',
  summary: 'Create, update and delete rules of a shipping option',
  create: NewRule,
  update: RuleChange,
  run: (c, body, { id }) => c.var.run(batchShippingOptionRules, { ...body, shipping_option_id: id }),
})
