import { emitIds, newId, withIds } from '../../framework/workflow/index.ts'
import type { Region } from '../../modules/region/models.ts'
import type { RegionChange } from '../../modules/region/rules/allow-regions.ts'
import { write } from '../steps.ts'

interface Fields extends Omit<RegionChange, 'id'> {
  /** Ids of all providers that it can be paid by, where they are given. */
  payment_providers?: string[]
  /** Whether prices of the region include taxes. */
  is_tax_inclusive?: boolean
}

type NewRegion = Fields & Required<Pick<Fields, 'name' | 'currency_code'>>

/** Adds regions with their countries, payment providers and price preferences: all of it, or none where a country is taken. */
export async function createRegions({ regions }: { regions: NewRegion[] }): Promise<Region[]> {
  const added = withIds('reg', regions)
  emitIds('region.created', added)
  const created = await write.createRegions(added.map(stored))
  await setProviders(added.filter(({ payment_providers = [] }) => payment_providers.length > 0))
  await preferTaxes(added)
  return created
}

/** Changes what is given and leaves the rest; countries and payment providers that are given are all that it has. */
export async function updateRegions({ regions }: { regions: (Fields & { id: string })[] }): Promise<Region[]> {
  emitIds('region.updated', regions)
  const updated = await write.updateRegions(regions.map(stored))
  await setProviders(regions.filter(({ payment_providers }) => payment_providers !== undefined))
  await preferTaxes(regions.filter(({ is_tax_inclusive }) => is_tax_inclusive !== undefined))
  return updated
}

/** Deletes regions; their countries are free for others. */
export async function deleteRegions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('region.deleted', ids)
  await write.deleteRegions(ids)
  await write.deleteLinksOf('region', ids)
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

async function setProviders(regions: Given[]): Promise<void> {
  if (regions.length === 0) return
  const pairs = regions.flatMap(({ id, payment_providers = [] }) =>
    [...new Set(payment_providers)].map((provider) => ({ region_id: id, payment_provider_id: provider })),
  )
  const ids = regions.map(({ id }) => id)
  await write.changeLinks({
    exist: { region: ids, payment_provider: pairs.map((pair) => pair.payment_provider_id) },
    changes: [{ link: 'region_payment_provider', add: pairs, only: { column: 'region_id', ids } }],
  })
}

async function preferTaxes(regions: Given[]): Promise<void> {
  if (regions.length === 0) return
  await write.setPricePreferences(
    regions.map(({ id, is_tax_inclusive }) => ({
      id: newId('prpref'),
      attribute: 'region_id' as const,
      value: id,
      is_tax_inclusive,
    })),
  )
}
