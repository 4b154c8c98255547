import { defineLink } from '../framework/link/define-link.ts'
import { decimal } from '../framework/model/model.ts'

/** Of which items in stock a shopper gets how many with a variant. */
export const productVariantInventoryItem = defineLink({
  name: 'product_variant_inventory_item',
  prefix: 'pvitem',
  left: {
    entity: 'product_variant',
    column: 'variant_id',
    as: 'variant',
    many: true,
    via: 'inventory_items',
    aliases: { inventory: 'inventory_items.inventory' },
  },
  right: {
    entity: 'inventory_item',
    as: 'inventory',
    many: true,
    via: 'variant_link',
    aliases: { variants: 'variant_link.variant' },
  },
  columns: { required_quantity: decimal().optional() },
  defaults: { required_quantity: 1 },
})
