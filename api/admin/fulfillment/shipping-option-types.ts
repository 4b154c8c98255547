import * as filter from '../../../framework/http/filters.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import {
  createShippingOptionTypes,
  deleteShippingOptionTypes,
  updateShippingOptionTypes,
} from '../../../workflows/fulfillment/shipping-option-types.ts'

export const shippingOptionTypes = resource({
  representation: {
    entity: 'shipping_option_type',
    fields: { defaults: ['id', 'label', 'code', 'description', 'created_at', 'updated_at'] },
  },
  path: '/admin/shipping-option-types',
  list: { limit: 10, filters: { ...filter.texts('label', 'code', 'description'), ...filter.dates() } },
  body: { label: z.string(), code: z.string(), description: z.string().optional() },
  workflows: {
    create: createShippingOptionTypes,
    update: updateShippingOptionTypes,
    delete: deleteShippingOptionTypes,
  },
})
