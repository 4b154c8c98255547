import { handle, metadata, times } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import { answerOne, parametersOf, retrieveQuery, retrievingOf } from '../../framework/http/list-query.ts'
import { resource } from '../../framework/http/resource.ts'
import { idempotencyHeader, json, route, z } from '../../framework/http/router.ts'
import { createBrandCollections } from '../../workflows/collection/create-brand-collections.ts'
import { deleteBrandCollections } from '../../workflows/collection/delete-brand-collections.ts'
import { linkBrandsToCollection } from '../../workflows/collection/link-brands-to-collection.ts'
import { updateBrandCollections } from '../../workflows/collection/update-brand-collections.ts'

const columns = {
  title: z.string().trim().min(1).max(255),
  handle: handle(),
  cms_page_id: z.string().min(1).max(255).nullable(),
  metadata: metadata(),
}
const NewCollection = z.strictObject(columns).partial().required({ title: true }).openapi('NewBrandCollection')
const CollectionChange = z.strictObject(columns).partial().openapi('BrandCollectionChange')
const Collection = z
  .looseObject({
    id: z.string().openapi({ example: 'brcol_01JD6ZK1B3V6QJ0M4T8N2C5XYZ' }),
    ...columns,
    cms_page_id: z.string().nullable(),
    ...times(),
  })
  .openapi('BrandCollection')

const fields = {
  defaults: ['id', 'title', 'handle', 'cms_page_id', 'metadata', 'created_at', 'updated_at', 'deleted_at'],
}
const Ranked = z.strictObject({ id: z.string(), rank: z.number().int().min(0).max(1_000_000).nullable().optional() })
const Brands = z.strictObject({
  add: z
    .array(z.union([z.string().transform((id) => ({ id })), Ranked]))
    .max(1000)
    .optional(),
  remove: z.array(z.string()).max(1000).optional(),
})

const link = route({
  method: 'post',
  path: '/admin/brand-collections/{id}/brands',
  tags: ['brand collections'],
  summary: 'Say which brands a collection shows',
  parameters: parametersOf(retrieveQuery()),
  request: {
    headers: idempotencyHeader,
    params: z.object({ id: z.string() }),
    body: json(Brands, 'Ids of brands to add, each with a rank where it has one, and to remove'),
  },
  responses: { 200: json(z.object({ brand_collection: Collection }), 'The collection') },
})

export const brandCollections = resource({
  one: 'brand_collection',
  many: 'brand_collections',
  object: 'brand-collection',
  path: '/admin/brand-collections',
  row: Collection,
  fields,
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

brandCollections.openapi(link, async (c) => {
  const { id } = c.req.valid('param')
  await c.var.run(linkBrandsToCollection, { ...c.req.valid('json'), id })
  return answerOne(
    c,
    'brand_collection',
    await c.var.query.retrieveJson('brand_collection', id, retrievingOf(c, fields)),
  )
})
