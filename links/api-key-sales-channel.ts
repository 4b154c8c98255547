import { defineLink } from '../framework/link/define-link.ts'

/** The sales channels of a publishable API key. */
export const apiKeySalesChannel = defineLink({
  name: 'publishable_api_key_sales_channel',
  prefix: 'pksc',
  left: {
    entity: 'api_key',
    column: 'publishable_key_id',
    many: true,
    via: 'sales_channels_link',
    aliases: { sales_channels: 'sales_channels_link.sales_channel' },
  },
  right: {
    entity: 'sales_channel',
    many: true,
    via: 'api_keys_link',
    aliases: { publishable_api_keys: 'api_keys_link.api_key' },
  },
})
