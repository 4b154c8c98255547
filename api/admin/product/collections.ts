import { additionalData, metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { createCollections, deleteCollections, updateCollections } from '../../../workflows/product/collections.ts'
import { linkProductsToCollection } from '../../../workflows/product/link-products-to-collection.ts'

const fields = {
  title: z.string(),
  handle: z.string().optional(),
  external_id: z.string().nullish(),
  metadata: metadata().optional(),
  additional_data: additionalData(),
}
const representation: Representation = {
  entity: 'product_collection',
  one: 'collection',
  many: 'collections',
  fields: { defaults: ['id', 'title', 'handle', 'external_id', 'created_at', 'updated_at', 'metadata'] },
}
const path = '/admin/collections'

export const collections = resource({
  representation,
  path,
  list: { limit: 10, filters: { ...filter.texts('title', 'handle', 'external_id'), ...filter.dates() } },
  body: fields,
  workflows: { create: createCollections, update: updateCollections, delete: deleteCollections },
})

changes(collections, representation, {
  path: `${path}/{id}/products`,
  summary: 'Add products to a collection, or remove them',
  description: 'A product is in at most one collection: adding it removes it from its former one.',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkProductsToCollection, { ...body, id }),
})
