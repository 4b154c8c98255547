import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import { mergeById } from '../../framework/merge-by-id.ts'
import { product } from '../../modules/product/index.ts'
import { createdProductFacts, createdProducts, type NewProduct, writeProducts } from './create-products.ts'
import { deletedProductParts } from './delete-products.ts'
import {
  type ProductUpdate,
  type ProductVariantsChange,
  partEvents,
  productUpdateRows,
  updatedProductFacts,
  variantUpdates,
  writeProductUpdates,
} from './update-products.ts'
import { catalogue, deleteVariantParts, itemEvents } from './variant-parts.ts'

export const productActivities = defineActivities(product, {
  decide: {
    createProducts: decide({
      modules: catalogue,
      facts: (query, products: NewProduct[]) => createdProductFacts(query, products),
      rule: createdProducts,
      write: writeProducts,
      events: ({ rows, parts }) => ({
        'product.created': idsOf(rows.products),
        'product-variant.created': idsOf(rows.variants),
        ...itemEvents(parts),
      }),
    }),
    updateProducts: decide({
      modules: catalogue,
      lock: (updates: ProductUpdate[]) => ({ product: idsOf(updates) }),
      facts: updatedProductFacts,
      rule: productUpdateRows,
      write: writeProductUpdates,
      events: (change, updates) => ({
        'product.updated': idsOf(mergeById(updates)),
        ...partEvents(change),
        ...itemEvents(change.parts),
      }),
    }),
    changeProductVariants: decide({
      modules: catalogue,
      lock: (changes: ProductVariantsChange[]) => ({ product: changes.map(({ product_id }) => product_id) }),
      facts: (query, changes) => updatedProductFacts(query, variantUpdates(changes)),
      rule: (facts, changes, newId) => productUpdateRows(facts, variantUpdates(changes), newId),
      write: writeProductUpdates,
      events: (change) => ({ ...partEvents(change), ...itemEvents(change.parts) }),
    }),
    deleteProducts: decide({
      modules: catalogue,
      lock: (ids: string[]) => ({ product: ids }),
      facts: deletedProductParts,
      rule: (parts) => parts,
      write: async (services, { options, orphans }, ids) => {
        await services.product.deleteProducts({ ids, option_ids: options })
        await deleteVariantParts(services, orphans)
        return { options }
      },
      events: ({ options, orphans }, ids) => ({
        'product-option.deleted': options,
        'product.deleted': ids,
        'inventory-item.deleted': orphans.inventory_items,
      }),
    }),
  },
})
