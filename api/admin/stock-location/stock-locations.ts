import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { createLocationFulfillmentSet } from '../../../workflows/stock-location/create-location-fulfillment-set.ts'
import { linkFulfillmentProvidersToStockLocation } from '../../../workflows/stock-location/link-fulfillment-providers-to-stock-location.ts'
import { linkSalesChannelsToStockLocation } from '../../../workflows/stock-location/link-sales-channels-to-stock-location.ts'
import {
  createStockLocations,
  deleteStockLocations,
  updateStockLocations,
} from '../../../workflows/stock-location/stock-locations.ts'

const text = () => z.string().nullish()
const address = z.object({
  address_1: z.string(),
  address_2: text(),
  company: text(),
  city: text(),
  country_code: z.string(),
  phone: text(),
  postal_code: text(),
  province: text(),
  metadata: metadata().optional(),
})
const fields = {
  name: z.string().trim(),
  address: address.optional(),
  address_id: text(),
  metadata: metadata().optional(),
}

const ADDRESS = ['id', 'address_1', 'address_2', 'city', 'country_code', 'phone', 'province', 'postal_code', 'metadata']
const representation: Representation = {
  entity: 'stock_location',
  one: 'stock_location',
  many: 'stock_locations',
  fields: {
    defaults: ['id', 'name', 'metadata', 'created_at', 'updated_at', ...ADDRESS.map((name) => `address.${name}`)],
  },
}

export const stockLocations = resource({
  representation,
  path: '/admin/stock-locations',
  list: {
    limit: 20,
    filters: { ...filter.texts('name', 'address_id', 'sales_channel_id'), ...filter.dates() },
    filterAliases: { sales_channel_id: (id) => ({ sales_channels: { id } }) },
  },
  body: fields,
  workflows: { create: createStockLocations, update: updateStockLocations, delete: deleteStockLocations },
})

changes(stockLocations, representation, {
  path: '/admin/stock-locations/{id}/sales-channels',
  summary: 'Add sales channels to a stock location, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkSalesChannelsToStockLocation, { ...body, id }),
})

changes(stockLocations, representation, {
  path: '/admin/stock-locations/{id}/fulfillment-providers',
  summary: 'Add fulfillment providers to a stock location, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkFulfillmentProvidersToStockLocation, { ...body, id }),
})

changes(stockLocations, representation, {
  path: '/admin/stock-locations/{id}/fulfillment-sets',
  summary: 'Add a fulfillment set to a stock location',
  body: z.strictObject({ name: z.string(), type: z.string() }).openapi('NewFulfillmentSet'),
  run: async (c, fulfillment_set, { id }) => {
    await c.var.run(createLocationFulfillmentSet, { location_id: id, fulfillment_set })
  },
})
