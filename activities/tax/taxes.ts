import { decide } from '../../framework/activities/decide.ts'
import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { tax } from '../../modules/tax/index.ts'
import {
  refuseNewTaxRegion,
  refuseTaxRegionChange,
  type TaxRegionChange,
  type TaxRegionFacts,
} from '../../modules/tax/rules/tax-regions.ts'
import type { NewTaxRegions } from '../../modules/tax/service.ts'
import { shape } from '../../query/shape.ts'

const Country = shape('region_country', { iso_2: true })
const TaxProvider = shape('tax_provider', { id: true })
const TaxRegion = shape('tax_region', { id: true, country_code: true, parent_id: true })

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
      lock: ({ tax_regions }: NewTaxRegions) => ({ tax_region: valuesOf(tax_regions, 'parent_id') }),
      facts: (query, { tax_regions }) =>
        factsOf(query, {
          countries: valuesOf(tax_regions, 'country_code'),
          providers: valuesOf(tax_regions, 'provider_id'),
          regions: valuesOf(tax_regions, 'parent_id'),
        }),
      rule: (facts, input) => {
        for (const region of input.tax_regions) refuseNewTaxRegion(facts, region)
        return input
      },
      write: ({ tax }, allowed) => tax.createTaxRegions(allowed),
    }),
    updateTaxRegions: decide({
      modules: { tax },
      lock: (changes: TaxRegionChange[]) => ({ tax_region: valuesOf(changes, 'id') }),
      facts: (query, changes) =>
        factsOf(query, {
          countries: [],
          providers: valuesOf(changes, 'provider_id'),
          regions: valuesOf(changes, 'id'),
        }),
      rule: (facts, changes) => {
        for (const change of changes) refuseTaxRegionChange(facts, change)
        return changes
      },
      write: ({ tax }, allowed) => tax.updateTaxRegions(allowed),
    }),
  },
})

function valuesOf<K extends string>(rows: readonly { [key in K]?: string | null }[], key: K): string[] {
  return rows.flatMap((row) => row[key] ?? [])
}

async function factsOf(query: Query, ids: Record<keyof TaxRegionFacts, string[]>): Promise<TaxRegionFacts> {
  const countries = await query.find(Country, { id: ids.countries })
  const providers = await query.find(TaxProvider, { id: ids.providers })
  return {
    countries: countries.map(({ iso_2 }) => iso_2),
    providers: idsOf(providers),
    regions: await query.find(TaxRegion, { id: ids.regions }),
  }
}
