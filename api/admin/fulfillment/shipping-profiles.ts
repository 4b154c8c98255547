import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import {
  createShippingProfiles,
  deleteShippingProfiles,
  updateShippingProfiles,
} from '../../../workflows/fulfillment/shipping-profiles.ts'

export const shippingProfiles = resource({
  representation: {
    entity: 'shipping_profile',
    fields: { defaults: ['id', 'name', 'type', 'metadata', 'created_at', 'updated_at'] },
  },
  path: '/admin/shipping-profiles',
  list: { limit: 20, filters: { ...filter.texts('name', 'type'), ...filter.dates() } },
  body: { name: z.string(), type: z.string(), metadata: metadata().optional() },
  workflows: { create: createShippingProfiles, update: updateShippingProfiles, delete: deleteShippingProfiles },
})
