import { Problem } from '../../../framework/problem.ts'

/** A region as it is to be; its codes in lower case. */
export interface RegionChange {
  id: string
  name?: string
  currency_code?: string
  automatic_taxes?: boolean
  metadata?: Record<string, unknown> | null
  /** All its countries; those that it has now and that are not here it loses. */
  countries?: string[]
}

/** What there is of that which the regions name. */
export interface RegionFacts {
  currencies: string[]
  countries: { iso_2: string; region_id: string | null }[]
}

/** Every currency and country that is in these changes, once. */
export function namedBy(regions: readonly Pick<RegionChange, 'currency_code' | 'countries'>[]): {
  currencies: string[]
  countries: string[]
} {
  const currencies = regions.flatMap(({ currency_code }) => (currency_code === undefined ? [] : [currency_code]))
  const countries = regions.flatMap((region) => region.countries ?? [])
  return { currencies: [...new Set(currencies)], countries: [...new Set(countries)] }
}

/**
 * The changes, where they may be: a country is in one region at most.
 *
 * @throws Problem `invalid_data` where a currency or a country is none, or a country is in another region.
 */
export function allowRegions<R extends RegionChange>({ currencies, countries }: RegionFacts, regions: R[]): R[] {
  const named = namedBy(regions)
  refuse(
    'Currencies',
    named.currencies.filter((code) => !currencies.includes(code)),
    'do not exist',
  )
  const holders = new Map(countries.map(({ iso_2, region_id }) => [iso_2, region_id]))
  refuse(
    'Countries',
    named.countries.filter((code) => !holders.has(code)),
    'do not exist',
  )
  const taken: string[] = []
  for (const { id, countries: codes = [] } of regions) {
    for (const code of new Set(codes)) {
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
