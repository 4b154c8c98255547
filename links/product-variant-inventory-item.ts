import { defineLink } from '../framework/link/define-link.ts'
import { decimal } from '../framework/model/model.ts'

/** The inventory items of a variant, with the required quantity of each. */
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
    column: 'inventory_item_id',
    as: 'inventory',
    many: true,
    via: 'variant_link',
    aliases: { variants: 'variant_link.variant' },
  },
  columns: { required_quantity: decimal().optional() },
  defaults: { required_quantity: 1 },
  migrations: {
    '0001-required': `alter table product_variant_inventory_item
      add constraint "the required quantity must be more than nothing" check (required_quantity > 0);`,
  },
})
