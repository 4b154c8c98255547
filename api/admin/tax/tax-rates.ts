import { metadata, some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, deletes } from '../../../framework/http/routes.ts'
import { createTaxRateRules, deleteTaxRateRules } from '../../../workflows/tax/tax-rate-rules.ts'
import { createTaxRates, deleteTaxRates, updateTaxRates } from '../../../workflows/tax/tax-rates.ts'

const path = '/admin/tax-rates'
const rule = { reference: z.string(), reference_id: z.string() }
const fields = {
  rate: z.number().optional(),
  code: z.string(),
  rules: some(z.object(rule)),
  name: z.string(),
  is_default: z.boolean().optional(),
  is_combinable: z.boolean().optional(),
  metadata: metadata().optional(),
}
const representation: Representation = {
  entity: 'tax_rate',
  one: 'tax_rate',
  many: 'tax_rates',
  fields: {
    defaults: [
      'id',
      'name',
      'code',
      'rate',
      'tax_region_id',
      'is_default',
      'is_combinable',
      'created_by',
      'created_at',
      'updated_at',
      'deleted_at',
      'metadata',
      '*tax_region',
      'tax_region.provider.id',
      'tax_region.parent.id',
      '*rules',
    ],
  },
}
const taxRateRule: Representation = {
  entity: 'tax_rate_rule',
  one: 'tax_rate_rule',
  many: 'tax_rate_rules',
  fields: { defaults: ['*'] },
}

export const taxRates = resource({
  representation,
  path,
  list: {
    limit: 20,
    filters: { ...filter.texts('tax_region_id'), is_default: filter.flag(), ...filter.dates() },
  },
  create: z.strictObject({ ...fields, tax_region_id: z.string() }).openapi('NewTaxRate'),
  update: z.strictObject(fields).partial().openapi('TaxRateChange'),
  workflows: { create: createTaxRates, update: updateTaxRates, delete: deleteTaxRates },
})

changes(taxRates, representation, {
  path: `${path}/{id}/rules`,
  summary: 'Add a tax rate rule',
  body: z.strictObject(rule).openapi('NewTaxRateRule'),
  run: (c, rule, { id }) => c.var.run(createTaxRateRules, { tax_rate_rules: [{ ...rule, tax_rate_id: id }] }),
})

deletes(taxRates, taxRateRule, {
  path: `${path}/{id}/rules/{rule_id}`,
  idParam: 'rule_id',
  workflow: deleteTaxRateRules,
  parent: { representation, idParam: 'id' },
})
