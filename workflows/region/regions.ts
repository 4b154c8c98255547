import type { NewRegion, RegionUpdate } from '../../activities/region/regions.ts'
import { write } from '../steps.ts'

/** Adds regions with their countries, payment providers and price preferences; refused if a country is taken. */
export async function createRegions({ regions }: { regions: NewRegion[] }): Promise<{ id: string }[]> {
  const ids = await write.createRegions(regions)
  return ids.map((id) => ({ id }))
}

/** Changes what is given and leaves the rest; countries and payment providers that are given are all that it has. */
export async function updateRegions({ regions }: { regions: RegionUpdate[] }): Promise<{ id: string }[]> {
  await write.updateRegions(regions)
  return regions.map(({ id }) => ({ id }))
}

/** Deletes regions; their countries are free for others. */
export async function deleteRegions({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteRegions(ids, { emits: { 'region.deleted': ids } })
}
