import { defineLink } from '../framework/link/define-link.ts'

/** The stock locations of a sales channel. */
export const salesChannelLocation = defineLink({
  name: 'sales_channel_stock_location',
  prefix: 'scloc',
  left: {
    entity: 'sales_channel',
    many: true,
    via: 'locations_link',
    aliases: { stock_locations: 'locations_link.location' },
  },
  right: {
    entity: 'stock_location',
    as: 'location',
    many: true,
    via: 'sales_channels_link',
    aliases: { sales_channels: 'sales_channels_link.sales_channel' },
  },
})
