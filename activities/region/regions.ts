import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { lockExisting } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import { link } from '../../framework/link/module.ts'
import type { LinkChange } from '../../framework/link/service.ts'
import type { Query } from '../../framework/query.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { region } from '../../modules/region/index.ts'
import { allowRegions, codesIn, type RegionChange, type RegionFacts } from '../../modules/region/rules/allow-regions.ts'
import { shape } from '../../query/shape.ts'

interface LinkedFields {
  /** Ids of payment providers; replaces those of the region. */
  payment_providers?: string[]
  /** Whether prices of the region include taxes. */
  is_tax_inclusive?: boolean
}

type RegionInput = Omit<RegionChange, 'id'> & LinkedFields
export type NewRegion = RegionInput & Required<Pick<RegionInput, 'name' | 'currency_code'>>
export type RegionUpdate = RegionInput & { id: string }

export const regionActivities = defineActivities(region, {
  write: ['deleteRegions'],
  decide: {
    createRegions: decide({
      modules: { region, pricing, link },
      lock: (regions: NewRegion[]) => ({ region_country: codesIn(regions.map(regionFields)).countries }),
      facts: regionFacts,
      rule: (facts, regions, newId) => {
        const added = regions.map((one) => ({ ...one, id: newId('reg') }))
        return { regions: allowRegions(facts, added.map(regionFields)), ...linkedRows(added, added, newId) }
      },
      write: async ({ region, pricing, link }, { regions, providers, preferences }) => {
        await region.createRegions(regions)
        await link.changeLinks(providers)
        await pricing.setPricePreferences(preferences)
        return idsOf(regions)
      },
      events: ({ regions }) => ({ 'region.created': idsOf(regions) }),
    }),
    updateRegions: decide({
      modules: { region, pricing, link },
      lock: (regions: RegionUpdate[]) => ({
        region: idsOf(regions),
        region_country: codesIn(regions.map(regionFields)).countries,
      }),
      facts: regionFacts,
      rule: (facts, regions, newId) => ({
        regions: allowRegions(facts, regions.map(regionFields)),
        ...linkedRows(
          regions,
          regions.filter(({ is_tax_inclusive }) => is_tax_inclusive !== undefined),
          newId,
        ),
      }),
      write: async ({ region, pricing, link }, { regions, providers, preferences }) => {
        await region.updateRegions(regions)
        await link.changeLinks(providers)
        await pricing.setPricePreferences(preferences)
      },
      events: (_, regions) => ({ 'region.updated': idsOf(regions) }),
    }),
  },
})

/** The fields that the region module stores, with codes in lower case. */
function regionFields<R extends RegionInput>({ payment_providers: _, is_tax_inclusive: __, ...own }: R) {
  const { currency_code, countries } = own
  return {
    ...own,
    ...(currency_code !== undefined && { currency_code: currency_code.toLowerCase() }),
    ...(countries && { countries: countries.map((code) => code.toLowerCase()) }),
  }
}

const Currency = shape('currency', { code: true })
const Country = shape('region_country', { iso_2: true, region_id: true })

async function regionFacts(query: Query, regions: RegionInput[]): Promise<RegionFacts> {
  await lockExisting(query, { payment_provider: regions.flatMap(({ payment_providers = [] }) => payment_providers) })
  const { currencies, countries } = codesIn(regions.map(regionFields))
  const existing = await query.find(Currency, { id: currencies })
  return {
    currencies: existing.map(({ code }) => code),
    countries: await query.find(Country, { id: countries }),
  }
}

/** @param withPreference the regions whose tax preference is set. */
function linkedRows(regions: readonly RegionUpdate[], withPreference: readonly RegionUpdate[], newId: MakeId) {
  const preferences = withPreference.map(({ id, is_tax_inclusive }) => ({
    id: newId('prpref'),
    attribute: 'region_id' as const,
    value: id,
    is_tax_inclusive,
  }))
  return { providers: providerLinks(regions), preferences }
}

/** Replaces the providers of the regions whose providers are given. */
function providerLinks(regions: readonly RegionUpdate[]): LinkChange[] {
  const changed = regions.filter(({ payment_providers }) => payment_providers !== undefined)
  if (changed.length === 0) return []
  const add = changed.flatMap(({ id, payment_providers = [] }) =>
    [...new Set(payment_providers)].map((provider) => ({ region_id: id, payment_provider_id: provider })),
  )
  return [{ link: 'region_payment_provider', add, only: { column: 'region_id', ids: idsOf(changed) } }]
}
