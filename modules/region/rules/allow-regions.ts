import { Problem } from '../../../framework/problem.ts'

/** Codes are in lower case. */
export interface RegionChange {
  id: string
  name?: string
  currency_code?: string
  automatic_taxes?: boolean
  metadata?: Record<string, unknown> | null
  /** Replaces the countries of the region. */
  countries?: string[]
}

/** The currencies and countries of the changes that exist. */
export interface RegionFacts {
  currencies: string[]
  countries: { iso_2: string; region_id: string | null }[]
}

/** The distinct codes of currencies and countries in the changes. */
export function codesIn(regions: readonly Pick<RegionChange, 'currency_code' | 'countries'>[]): {
  currencies: string[]
  countries: string[]
} {
  const currencies = regions.flatMap(({ currency_code }) => (currency_code === undefined ? [] : [currency_code]))
  const countries = regions.flatMap((region) => region.countries ?? [])
  return { currencies: [...new Set(currencies)], countries: [...new Set(countries)] }
}

/**
 * A country is in at most one region.
 *
 * @throws Problem `invalid_data` if a currency or country does not exist, or a country is in another region.
 */
export function allowRegions<R extends RegionChange>({ currencies, countries }: RegionFacts, regions: R[]): R[] {
  const codes = codesIn(regions)
  refuse(
    'Currencies',
    codes.currencies.filter((code) => !currencies.includes(code)),
    'do not exist',
  )
  const holders = new Map(countries.map(({ iso_2, region_id }) => [iso_2, region_id]))
  refuse(
    'Countries',
    codes.countries.filter((code) => !holders.has(code)),
    'do not exist',
  )
  const taken: string[] = []
  for (const { id, countries: own = [] } of regions) {
    for (const code of new Set(own)) {
      if ((holders.get(code) ?? id) !== id) taken.push(code)
      holders.set(code, id)
    }
  }
  refuse('Countries', taken, 'are already assigned to a region')
  return regions
}

function refuse(what: string, codes: string[], why: string): void {
  if (codes.length > 0) throw new Problem('invalid_data', `${what} with codes: "${codes.join(', ')}" ${why}`)
}
