import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import { link } from '../../framework/link/module.ts'
import { product } from '../../modules/product/index.ts'
import {
  allowVariantItems,
  type VariantItemsChange,
  variantsOfChange,
} from '../../modules/product/rules/variant-inventory-items.ts'
import { shape } from '../../query/shape.ts'

const ProductVariant = shape('product_variant', { id: true })

export const variantInventoryItemActivities = defineActivities(product, {
  decide: {
    linkVariantInventoryItems: decide({
      modules: { product, link },
      facts: async (query, change: VariantItemsChange) => {
        const { product_id, create, update } = change
        const variantIds = variantsOfChange(change)
        const itemIds = [...create, ...update].map(({ inventory_item_id }) => inventory_item_id)
        const missing = await query.lock({ product_variant: variantIds, inventory_item: itemIds }, 'share')
        const variants = await query.find(ProductVariant, { id: variantIds, product_id })
        return { variants: idsOf(variants), missingItems: missing.inventory_item ?? [] }
      },
      rule: allowVariantItems,
      write: ({ link }, { create, update, delete: remove }) =>
        link.changeLinks([{ link: 'product_variant_inventory_item', add: [...create, ...update], remove }]),
    }),
  },
})
