import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import type { Query } from '../../framework/query.ts'
import { region } from '../../modules/region/index.ts'
import { allowRegions, namedBy, type RegionChange, type RegionFacts } from '../../modules/region/rules/allow-regions.ts'
import type { NewRegion, RegionService } from '../../modules/region/service.ts'

export const regionActivities = defineActivities(region, {
  write: ['deleteRegions'],
  decide: {
    createRegions: decide({
      lock: (regions: NewRegion[]) => ({ region_country: namedBy(regions).countries }),
      facts: regionFacts,
      rule: allowRegions<NewRegion>,
      write: (regions: RegionService, allowed) => regions.createRegions(allowed),
    }),
    updateRegions: decide({
      lock: (regions: RegionChange[]) => ({
        region: regions.map(({ id }) => id),
        region_country: namedBy(regions).countries,
      }),
      facts: regionFacts,
      rule: allowRegions<RegionChange>,
      write: (regions: RegionService, allowed) => regions.updateRegions(allowed),
    }),
  },
})

async function regionFacts(query: Query, regions: RegionChange[]): Promise<RegionFacts> {
  const { currencies, countries } = namedBy(regions)
  const known = await rowsById<{ code: string }>(query, 'currency', currencies, ['code'])
  return {
    currencies: known.map(({ code }) => code),
    countries: await rowsById(query, 'region_country', countries, ['iso_2', 'region_id']),
  }
}
