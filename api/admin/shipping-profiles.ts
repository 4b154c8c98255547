import { metadata } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import type { View } from '../../framework/http/view.ts'
import {
  createShippingProfiles,
  deleteShippingProfiles,
  updateShippingProfiles,
} from '../../workflows/fulfillment/shipping-profiles.ts'

const fields = { name: z.string(), type: z.string(), metadata: metadata().optional() }
const view: View = {
  entity: 'shipping_profile',
  one: 'shipping_profile',
  many: 'shipping_profiles',
  fields: { defaults: ['id', 'name', 'type', 'metadata', 'created_at', 'updated_at'] },
}

export const shippingProfiles = resource({
  view,
  path: '/admin/shipping-profiles',
  list: { limit: 20, filters: { ...filter.texts('name', 'type'), ...filter.dates() } },
  create: z.strictObject(fields).openapi('NewShippingProfile'),
  update: z.strictObject(fields).partial().openapi('ShippingProfileChange'),
  workflows: { create: createShippingProfiles, update: updateShippingProfiles, delete: deleteShippingProfiles },
})
