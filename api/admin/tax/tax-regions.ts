import { additionalData, metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { createTaxRegions, deleteTaxRegions, updateTaxRegions } from '../../../workflows/tax/tax-regions.ts'

const DefaultRate = z.object({
  rate: z.number().optional(),
  code: z.string(),
  name: z.string(),
  is_combinable: z.boolean().optional(),
  metadata: metadata().optional(),
})
const New = z
  .strictObject({
    country_code: z.string(),
    provider_id: z.string().nullish(),
    province_code: z.string().nullish(),
    parent_id: z.string().nullish(),
    default_tax_rate: DefaultRate.optional(),
    metadata: metadata().optional(),
    additional_data: additionalData(),
  })
  .openapi('NewTaxRegion')
const Change = z
  .strictObject({
    province_code: z.string().nullish(),
    provider_id: z.string().optional(),
    metadata: metadata().optional(),
  })
  .openapi('TaxRegionChange')
const representation: Representation = {
  entity: 'tax_region',
  one: 'tax_region',
  many: 'tax_regions',
  fields: {
    defaults: [
      'id',
      'country_code',
      'province_code',
      'parent_id',
      'provider_id',
      'created_by',
      'created_at',
      'updated_at',
      'deleted_at',
      'metadata',
      '*children',
      '*children.tax_rates',
      '*children.tax_rates.rules',
      '*parent',
      '*tax_rates',
      '*tax_rates.rules',
    ],
  },
}

export const taxRegions = resource({
  representation,
  path: '/admin/tax-regions',
  list: {
    limit: 20,
    filters: {
      ...filter.texts('country_code', 'province_code', 'parent_id', 'created_by'),
      ...filter.dates(),
    },
    filterAliases: { parent_id: filter.nullable('parent_id') }, // tax regions of countries have no parent
  },
  create: New,
  update: Change,
  workflows: { create: createTaxRegions, update: updateTaxRegions, delete: deleteTaxRegions },
})
