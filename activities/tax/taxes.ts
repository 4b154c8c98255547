import { decide } from '../../framework/activities/decide.ts'
import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import type { Query } from '../../framework/query.ts'
import { tax } from '../../modules/tax/index.ts'
import {
  type RegionFact,
  refuseNewTaxRegion,
  refuseTaxRegionChange,
  type TaxRegionChange,
  type TaxRegionFacts,
} from '../../modules/tax/rules/tax-regions.ts'
import type { NewTaxRegions } from '../../modules/tax/service.ts'

export const taxActivities = defineActivities(tax, {
  write: [
    'createTaxProviders',
    'deleteTaxRegions',
    ...crudMethods('TaxRates'),
    'createTaxRateRules',
    'deleteTaxRateRules',
  ],
  decide: {
    createTaxRegions: decide({
      modules: { tax },
      lock: ({ tax_regions }: NewTaxRegions) => ({ tax_region: named(tax_regions, 'parent_id') }),
      facts: (query, { tax_regions }) =>
        factsOf(query, {
          countries: named(tax_regions, 'country_code'),
          providers: named(tax_regions, 'provider_id'),
          regions: named(tax_regions, 'parent_id'),
        }),
      rule: (facts, input) => {
        for (const region of input.tax_regions) refuseNewTaxRegion(facts, region)
        return input
      },
      write: ({ tax }, allowed) => tax.createTaxRegions(allowed),
    }),
    updateTaxRegions: decide({
      modules: { tax },
      lock: (changes: TaxRegionChange[]) => ({ tax_region: named(changes, 'id') }),
      facts: (query, changes) =>
        factsOf(query, { countries: [], providers: named(changes, 'provider_id'), regions: named(changes, 'id') }),
      rule: (facts, changes) => {
        for (const change of changes) refuseTaxRegionChange(facts, change)
        return changes
      },
      write: ({ tax }, allowed) => tax.updateTaxRegions(allowed),
    }),
  },
})

function named<K extends string>(rows: readonly { [key in K]?: string | null }[], key: K): string[] {
  return [...new Set(rows.flatMap((row) => row[key] ?? []))] as string[]
}

async function factsOf(query: Query, ids: Record<keyof TaxRegionFacts, string[]>): Promise<TaxRegionFacts> {
  const countries = await rowsById<{ iso_2: string }>(query, 'region_country', ids.countries, ['iso_2'])
  const providers = await rowsById<{ id: string }>(query, 'tax_provider', ids.providers, ['id'])
  return {
    countries: countries.map(({ iso_2 }) => iso_2),
    providers: providers.map(({ id }) => id),
    regions: await rowsById<RegionFact>(query, 'tax_region', ids.regions, ['id', 'country_code', 'parent_id']),
  }
}
