import { brokenReference, Problem } from '../../../framework/problem.ts'
import type { TaxRegion } from '../models.ts'

/** Codes are in lower case. */
export interface NewTaxRegion {
  id: string
  country_code: string
  province_code?: string | null
  parent_id?: string | null
  provider_id?: string | null
  metadata?: Record<string, unknown> | null
  created_by: string
}

export interface TaxRegionChange {
  id: string
  province_code?: string | null
  provider_id?: string
  metadata?: Record<string, unknown> | null
}

/** The rows that the changes refer to. */
export interface TaxRegionFacts {
  countries: string[]
  providers: string[]
  /** Parents of new regions, or the regions that change. */
  regions: Pick<TaxRegion, 'id' | 'country_code' | 'parent_id'>[]
}

const invalid = (text: string) => new Problem('invalid_data', text)

/**
 * The parent of a province is the tax region of its country, which has the provider.
 *
 * @throws Problem `invalid_data` if that is not so, `not_found` if the parent or provider does not exist.
 */
export function refuseNewTaxRegion({ countries, providers, regions }: TaxRegionFacts, region: NewTaxRegion): void {
  const { country_code, province_code, parent_id, provider_id } = region
  if (!countries.includes(country_code)) throw invalid(`Country with code ${country_code} does not exist`)
  if (provider_id && !providers.includes(provider_id)) throw brokenReference('provider_id', provider_id)
  if (!parent_id) {
    if (province_code) throw invalid('A tax region of a province needs parent_id: the tax region of its country')
    return
  }
  if (!province_code) throw invalid('A tax region with parent_id needs province_code: it is that of a province')
  if (provider_id) throw providerOfProvince()
  const parent = regions.find(({ id }) => id === parent_id)
  if (!parent) throw brokenReference('parent_id', parent_id)
  if (parent.parent_id) throw invalid(`The tax region ${parent_id} is that of a province: it cannot be a parent`)
  if (parent.country_code !== country_code) {
    throw invalid(`The tax region ${parent_id} is that of ${parent.country_code}, not of ${country_code}`)
  }
}

/** @throws Problem like `refuseNewTaxRegion`. A region that does not exist is refused by the update itself. */
export function refuseTaxRegionChange({ providers, regions }: TaxRegionFacts, change: TaxRegionChange): void {
  const { id, province_code, provider_id } = change
  const region = regions.find((one) => one.id === id)
  if (!region) return
  if (provider_id !== undefined && !providers.includes(provider_id)) throw brokenReference('provider_id', provider_id)
  if (region.parent_id && provider_id !== undefined) throw providerOfProvince()
  if (region.parent_id && (province_code === null || province_code === ''))
    throw invalid('A tax region of a province needs its province_code')
  if (!region.parent_id && province_code) throw invalid('The tax region of a country has no province_code')
}

function providerOfProvince(): Problem {
  return invalid('A tax region of a province has no provider_id: that of its country holds')
}
