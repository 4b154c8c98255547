import { metadata, times } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import { createSalesChannels } from '../../workflows/sales-channel/create-sales-channels.ts'
import { deleteSalesChannels } from '../../workflows/sales-channel/delete-sales-channels.ts'
import { updateSalesChannels } from '../../workflows/sales-channel/update-sales-channels.ts'

const fields = {
  name: z.string(),
  description: z.string().nullable(),
  is_disabled: z.boolean(),
  metadata: metadata(),
}
const NewSalesChannel = z.strictObject(fields).partial().required({ name: true }).openapi('NewSalesChannel')
const SalesChannelChange = z.strictObject(fields).partial().openapi('SalesChannelChange')
const SalesChannel = z
  .looseObject({ id: z.string().openapi({ example: 'sc_01JD6ZK1B3V6QJ0M4T8N2C5XYZ' }), ...fields, ...times() })
  .openapi('SalesChannel')

export const salesChannels = resource({
  one: 'sales_channel',
  many: 'sales_channels',
  object: 'sales-channel',
  path: '/admin/sales-channels',
  row: SalesChannel,
  fields: {
    defaults: ['id', 'name', 'description', 'is_disabled', 'created_at', 'updated_at', 'deleted_at', 'metadata'],
  },
  list: {
    limit: 20,
    filters: {
      name: filter.many(z.string()),
      description: z.string().optional(),
      is_disabled: filter.flag(),
      created_at: filter.date(),
      updated_at: filter.date(),
      deleted_at: filter.date(),
    },
  },
  create: NewSalesChannel,
  update: SalesChannelChange,
  workflows: { create: createSalesChannels, update: updateSalesChannels, delete: deleteSalesChannels },
})
