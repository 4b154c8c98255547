import { decide } from '../framework/activities/decide.ts'
import { defineActivities } from '../framework/activities/define.ts'
import type { Query } from '../framework/query.ts'
import { region } from '../modules/region/index.ts'
import { allowRegions, namedBy, type RegionChange, type RegionFacts } from '../modules/region/rules/allow-regions.ts'
import type { NewRegion, RegionService } from '../modules/region/service.ts'

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
  const listing = (ids: string[], ...fields: string[]) => ({ fields, filters: { id: ids }, limit: ids.length })
  const known =
    currencies.length > 0 ? await query.list<{ code: string }>('currency', listing(currencies, 'code')) : { rows: [] }
  const found =
    countries.length > 0
      ? await query.list<RegionFacts['countries'][number]>('region_country', listing(countries, 'iso_2', 'region_id'))
      : { rows: [] }
  return { currencies: known.rows.map(({ code }) => code), countries: found.rows }
}
