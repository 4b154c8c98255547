import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { linkProductsToSalesChannel } from '../../../workflows/sales-channel/link-products-to-sales-channel.ts'
import {
  createSalesChannels,
  deleteSalesChannels,
  updateSalesChannels,
} from '../../../workflows/sales-channel/sales-channels.ts'

const fields = {
  name: z.string(),
  description: z.string().nullish(),
  is_disabled: z.boolean().optional(),
  metadata: metadata().optional(),
}
const representation: Representation = {
  entity: 'sales_channel',
  one: 'sales_channel',
  many: 'sales_channels',
  fields: {
    defaults: ['id', 'name', 'description', 'is_disabled', 'created_at', 'updated_at', 'deleted_at', 'metadata'],
  },
}

export const salesChannels = resource({
  representation,
  object: 'sales-channel',
  path: '/admin/sales-channels',
  list: {
    limit: 20,
    filters: {
      ...filter.texts('name', 'description'),
      is_disabled: filter.flag(),
      ...filter.dates(),
      publishable_key_id: filter.many(z.string()),
      location_id: filter.many(z.string()),
    },
    filterAliases: {
      publishable_key_id: (id) => ({ api_keys_link: { publishable_key_id: id } }),
      location_id: (id) => ({ stock_locations: { id } }),
    },
  },
  body: fields,
  workflows: { create: createSalesChannels, update: updateSalesChannels, delete: deleteSalesChannels },
})

changes(salesChannels, representation, {
  path: '/admin/sales-channels/{id}/products',
  summary: 'Add products to a sales channel, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkProductsToSalesChannel, { ...body, id }),
})
