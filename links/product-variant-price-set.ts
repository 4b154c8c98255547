import { defineLink } from '../framework/link/define-link.ts'

/** The price set of a variant. */
export const productVariantPriceSet = defineLink({
  name: 'product_variant_price_set',
  prefix: 'pvps',
  left: {
    entity: 'product_variant',
    column: 'variant_id',
    as: 'variant',
    via: 'price_set_link',
    aliases: { price_set: 'price_set_link.price_set' },
  },
  right: {
    entity: 'price_set',
    via: 'variant_link',
    aliases: { variant: 'variant_link.variant' },
    deleteCascade: true,
  },
})
