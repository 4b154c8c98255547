import { handle, metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { idempotencyHeader, json, route, z } from '../../../framework/http/router.ts'
import { createBrands, deleteBrands, updateBrands } from '../../../workflows/brand/brands.ts'
import { syncBrandsToCms } from '../../../workflows/brand/sync-brands-to-cms.ts'

const fields = {
  name: z.string().trim().min(1).max(255),
  handle: handle(),
  description: z.string().max(10_000).nullable(),
  website: z.url().max(2000).nullable(),
  metadata: metadata(),
}
const NewBrand = z.strictObject(fields).partial().required({ name: true }).openapi('NewBrand')
const BrandChange = z.strictObject(fields).partial().openapi('BrandChange')
const brand: Representation = {
  entity: 'brand',
  one: 'brand',
  many: 'brands',
  fields: {
    defaults: ['id', 'name', 'handle', 'description', 'website', 'metadata', 'created_at', 'updated_at', 'deleted_at'],
  },
}

const sync = route({
  method: 'post',
  path: '/admin/brands/sync',
  tags: ['brands'],
  summary: 'Sync brands to the CMS',
  description: 'Adds the brands that the CMS lacks. Only one sync runs at a time: a request during a sync joins it.',
  request: {
    headers: idempotencyHeader,
    body: { ...json(z.strictObject({}), 'An empty object'), required: false },
  },
  responses: {
    200: json(z.object({ brands: z.number(), added: z.number() }), 'How many brands were checked, and how many added'),
  },
})

export const brands = resource({
  representation: brand,
  path: '/admin/brands',
  list: {
    filters: {
      name: filter.text(),
      handle: filter.text(),
      website: filter.text(),
      created_at: filter.date(),
      updated_at: filter.date(),
      deleted_at: filter.date(),
    },
  },
  create: NewBrand,
  update: BrandChange,
  workflows: { create: createBrands, update: updateBrands, delete: deleteBrands },
})

brands.openapi(sync, async (c) => {
  return c.json(await c.var.run(syncBrandsToCms, {}), 200)
})
