import { defineLink } from '../framework/link/define-link.ts'

/** The price set of a shipping option. */
export const shippingOptionPriceSet = defineLink({
  name: 'shipping_option_price_set',
  prefix: 'sops',
  left: {
    entity: 'shipping_option',
    via: 'price_set_link',
    aliases: { prices: 'price_set_link.price_set.prices' },
  },
  right: {
    entity: 'price_set',
    via: 'shipping_option_link',
    aliases: { shipping_option: 'shipping_option_link.shipping_option' },
    deleteCascade: true,
  },
})
