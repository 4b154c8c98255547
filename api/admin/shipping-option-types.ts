import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import type { View } from '../../framework/http/view.ts'
import {
  createShippingOptionTypes,
  deleteShippingOptionTypes,
  updateShippingOptionTypes,
} from '../../workflows/fulfillment/shipping-option-types.ts'

const fields = { label: z.string(), code: z.string(), description: z.string().optional() }
const view: View = {
  entity: 'shipping_option_type',
  one: 'shipping_option_type',
  many: 'shipping_option_types',
  fields: { defaults: ['id', 'label', 'code', 'description', 'created_at', 'updated_at'] },
}

export const shippingOptionTypes = resource({
  view,
  path: '/admin/shipping-option-types',
  list: { limit: 10, filters: { ...filter.texts('label', 'code', 'description'), ...filter.dates() } },
  create: z.strictObject(fields).openapi('NewShippingOptionType'),
  update: z.strictObject(fields).partial().openapi('ShippingOptionTypeChange'),
  workflows: {
    create: createShippingOptionTypes,
    update: updateShippingOptionTypes,
    delete: deleteShippingOptionTypes,
  },
})
