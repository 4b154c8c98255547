import { defineLink } from '../framework/link/define-link.ts'

/** The shipping profile of a product. */
export const productShippingProfile = defineLink({
  name: 'product_shipping_profile',
  prefix: 'prodsp',
  left: {
    entity: 'product',
    many: true,
    via: 'shipping_profiles_link',
    aliases: { shipping_profile: 'shipping_profiles_link.shipping_profile' },
  },
  right: { entity: 'shipping_profile', via: 'products_link' },
})
