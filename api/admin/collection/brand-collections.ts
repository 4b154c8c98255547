import { handle, metadata, some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes } from '../../../framework/http/routes.ts'
import {
  createBrandCollections,
  deleteBrandCollections,
  updateBrandCollections,
} from '../../../workflows/collection/brand-collections.ts'
import { linkBrandsToCollection } from '../../../workflows/collection/link-brands-to-collection.ts'

const columns = {
  title: z.string().trim().min(1).max(255),
  handle: handle(),
  cms_page_id: z.string().min(1).max(255).nullable(),
  metadata: metadata(),
}
const NewCollection = z.strictObject(columns).partial().required({ title: true }).openapi('NewBrandCollection')
const CollectionChange = z.strictObject(columns).partial().openapi('BrandCollectionChange')

const collection: Representation = {
  entity: 'brand_collection',
  one: 'brand_collection',
  many: 'brand_collections',
  fields: {
    defaults: ['id', 'title', 'handle', 'cms_page_id', 'metadata', 'created_at', 'updated_at', 'deleted_at'],
  },
}
const Ranked = z.strictObject({ id: z.string(), rank: z.number().int().min(0).max(1_000_000).nullable().optional() })
const Brands = z.strictObject({
  add: some(z.union([z.string().transform((id) => ({ id })), Ranked])),
  remove: some(z.string()),
})

export const brandCollections = resource({
  representation: collection,
  object: 'brand-collection',
  path: '/admin/brand-collections',
  list: {
    filters: {
      title: filter.text(),
      handle: filter.text(),
      cms_page_id: filter.text(),
      created_at: filter.date(),
      updated_at: filter.date(),
      brands: filter.related({ id: filter.text(), name: filter.text(), handle: filter.text() }),
    },
  },
  create: NewCollection,
  update: CollectionChange,
  workflows: { create: createBrandCollections, update: updateBrandCollections, delete: deleteBrandCollections },
})

changes(brandCollections, collection, {
  path: '/admin/brand-collections/{id}/brands',
  summary: 'Add brands to a collection, or remove them',
  description:
    'A brand to add is an id, or an id with a rank. Adding a brand that is in the collection changes its rank.',
  body: Brands,
  run: (c, brands, { id }) => c.var.run(linkBrandsToCollection, { ...brands, id }),
})
