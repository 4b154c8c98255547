import { sql } from 'kysely'
import { Service } from '../../framework/model/service.ts'
import type { models, Region } from './models.ts'
import type { RegionChange } from './rules/allow-regions.ts'

export type NewRegion = RegionChange & Required<Pick<RegionChange, 'name' | 'currency_code'>>

export class RegionService extends Service<typeof models> {
  createRegions = async (regions: NewRegion[]): Promise<Region[]> => {
    const created = await this.rows.region.create(regions.map(({ countries: _, ...region }) => region))
    await this.#setCountries(regions)
    return created
  }

  updateRegions = async (regions: RegionChange[]): Promise<Region[]> => {
    const updated = await this.rows.region.update(regions.map(({ countries: _, ...region }) => region))
    await this.#setCountries(regions)
    return updated
  }

  /** The countries of deleted regions have no region. */
  deleteRegions = async (ids: string[]): Promise<string[]> => {
    await this.rows.region.softDelete(ids)
    await this.#releaseCountries(ids, [])
    return ids
  }

  async #setCountries(regions: RegionChange[]): Promise<void> {
    const changed = regions.flatMap(({ id, countries }) => (countries ? [{ id, countries }] : []))
    await this.#releaseCountries(
      changed.map(({ id }) => id),
      changed.flatMap(({ countries }) => countries),
    )
    await this.rows.region_country.update(
      changed.flatMap(({ id, countries }) => [...new Set(countries)].map((code) => ({ id: code, region_id: id }))),
    )
  }

  async #releaseCountries(regionIds: string[], except: string[]): Promise<void> {
    if (regionIds.length === 0) return
    await sql`
      update ${this.table('region_country')} set region_id = null, updated_at = now()
      where region_id = any(${regionIds}::text[]) and iso_2 <> all(${except}::text[])`.execute(this.db)
  }
}
