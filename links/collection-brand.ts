import { defineLink } from '../framework/link/define-link.ts'
import { integer } from '../framework/model/model.ts'

/** The brands of a collection, ordered by rank. */
export const collectionBrand = defineLink({
  name: 'collection_brand',
  prefix: 'colbrand',
  left: {
    entity: 'brand_collection',
    column: 'collection_id',
    as: 'collection',
    many: true,
    via: 'brands_link',
    aliases: { brands: 'brands_link.brand' },
  },
  right: {
    entity: 'brand',
    many: true,
    via: 'collections_link',
    aliases: { collections: 'collections_link.collection' },
  },
  columns: { rank: integer().nullable() },
  order: 'rank',
})
