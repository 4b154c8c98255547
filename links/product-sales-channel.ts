import { defineLink } from '../framework/link/define-link.ts'

/** The sales channels of a product. */
export const productSalesChannel = defineLink({
  name: 'product_sales_channel',
  prefix: 'prodsc',
  left: {
    entity: 'product',
    many: true,
    via: 'sales_channels_link',
    aliases: { sales_channels: 'sales_channels_link.sales_channel' },
  },
  right: { entity: 'sales_channel', many: true, via: 'products_link' },
})
