import type { NewRegion, RegionUpdate } from '../../activities/region/regions.ts'
import { write } from '../steps.ts'

/** Creates regions with their countries, payment providers and price preferences. Refused if a country is in another region. */
export async function createRegions({ regions }: { regions: NewRegion[] }): Promise<{ id: string }[]> {
  const ids = await write.createRegions(regions)
  return ids.map((id) => ({ id }))
}

/** If countries or payment providers are given, they replace those of the region. */
export async function updateRegions({ regions }: { regions: RegionUpdate[] }): Promise<{ id: string }[]> {
  await write.updateRegions(regions)
  return regions.map(({ id }) => ({ id }))
}

/** The countries of deleted regions can be added to others. */
export async function deleteRegions({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteRegions(ids, { emits: { 'region.deleted': ids } })
}
