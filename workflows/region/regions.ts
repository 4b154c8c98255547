import { emitIds, newId, withIds } from '../../framework/workflow/index.ts'
import type { RegionChange } from '../../modules/region/rules/allow-regions.ts'
import { type Noted, together, write } from '../steps.ts'

interface Fields extends Omit<RegionChange, 'id'> {
  /** Ids of all providers that it can be paid by, where they are given. */
  payment_providers?: string[]
  /** Whether prices of the region include taxes. */
  is_tax_inclusive?: boolean
}

type NewRegion = Fields & Required<Pick<Fields, 'name' | 'currency_code'>>

/**
 * Adds regions with their countries, payment providers and price preferences: all of it, or none where a country is taken. As what
 * is changed, it is one step: nobody deletes a region, or takes its countries, before the rest of it is there.
 */
export async function createRegions({ regions }: { regions: NewRegion[] }): Promise<{ id: string }[]> {
  const added = withIds('reg', regions)
  emitIds('region.created', added)
  await together((write) => {
    write.createRegions(added.map(stored))
    setProviders(write, added)
    preferTaxes(write, added)
  })
  return added.map(({ id }) => ({ id }))
}

/** Changes what is given and leaves the rest; countries and payment providers that are given are all that it has. */
export async function updateRegions({ regions }: { regions: (Fields & { id: string })[] }): Promise<{ id: string }[]> {
  emitIds('region.updated', regions)
  await together((write) => {
    write.updateRegions(regions.map(stored))
    setProviders(write, regions)
    preferTaxes(
      write,
      regions.filter(({ is_tax_inclusive }) => is_tax_inclusive !== undefined),
    )
  })
  return regions.map(({ id }) => ({ id }))
}

/** Deletes regions; their countries are free for others. */
export async function deleteRegions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('region.deleted', ids)
  await write.deleteRegions(ids)
  return ids
}

type Given = Fields & { id: string }

/** Without what other modules store; codes are in lower case everywhere. */
function stored<R extends Given>({ payment_providers: _, is_tax_inclusive: __, ...region }: R) {
  const { currency_code, countries } = region
  return {
    ...region,
    ...(currency_code !== undefined && { currency_code: currency_code.toLowerCase() }),
    ...(countries && { countries: countries.map((code) => code.toLowerCase()) }),
  }
}

/** Of those regions whose providers are given. */
function setProviders(write: Noted, regions: Given[]): void {
  const given = regions.filter(({ payment_providers }) => payment_providers !== undefined)
  if (given.length === 0) return
  const pairs = given.flatMap(({ id, payment_providers = [] }) =>
    [...new Set(payment_providers)].map((provider) => ({ region_id: id, payment_provider_id: provider })),
  )
  const ids = given.map(({ id }) => id)
  write.changeLinks({
    exist: { region: ids, payment_provider: pairs.map((pair) => pair.payment_provider_id) },
    changes: [{ link: 'region_payment_provider', add: pairs, only: { column: 'region_id', ids } }],
  })
}

function preferTaxes(write: Noted, regions: Given[]): void {
  if (regions.length === 0) return
  write.setPricePreferences(
    regions.map(({ id, is_tax_inclusive }) => ({
      id: newId('prpref'),
      attribute: 'region_id' as const,
      value: id,
      is_tax_inclusive,
    })),
  )
}
