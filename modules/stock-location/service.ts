import { sql } from 'kysely'
import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import { brokenReference } from '../../framework/problem.ts'
import type { models } from './index.ts'
import type { StockLocation, StockLocationAddress } from './models.ts'

type Address = New<typeof StockLocationAddress>
type Addressed<L> = L & { address?: Address | undefined }

export class StockLocationService extends Service<typeof models> {
  /** Locations at the addresses that they bring, or else at those that they name. */
  createStockLocations = async (given: Addressed<New<typeof StockLocation>>[]): Promise<StockLocation[]> => {
    await this.rows.stock_location_address.create(
      given.flatMap(({ address }) => address ?? []),
      { returning: false },
    )
    await this.#keepAddresses(given)
    return this.rows.stock_location.create(given.map(({ address, ...location }) => at(location, address?.id)))
  }

  /** An address that is brought changes the location's own; where there is none, it is created under the id that it brings. */
  updateStockLocations = async (given: Addressed<Change<typeof StockLocation>>[]): Promise<StockLocation[]> => {
    const stored = await this.#addressesOf(given.map(({ id }) => id))
    const changed: Change<typeof StockLocationAddress>[] = []
    const created: Address[] = []
    const locations = given.map(({ address, ...location }) => {
      if (!address) return location
      const there = location.address_id ?? stored.get(location.id)
      if (there) changed.push({ ...address, id: there })
      else created.push(address)
      return at(location, there ?? address.id)
    })
    await this.rows.stock_location_address.create(created, { returning: false })
    await this.#keepAddresses(locations)
    await this.rows.stock_location_address.update(changed)
    return this.rows.stock_location.update(locations)
  }

  deleteStockLocations = (ids: string[]) => this.rows.stock_location.softDelete(ids)

  /** Location → its address. Nobody else gives them one until the step is done. */
  async #addressesOf(ids: string[]): Promise<Map<string, string | null>> {
    const { rows } = await sql<{ id: string; address_id: string | null }>`
      select id, address_id from ${this.table('stock_location')} where id = any(${ids}) order by id for update`.execute(
      this.db,
    )
    return new Map(rows.map(({ id, address_id }) => [id, address_id]))
  }

  /** @throws Problem `not_found` where an address that a location names is not there, or is deleted. */
  async #keepAddresses(locations: { address_id?: string | null }[]): Promise<void> {
    const ids = locations.flatMap(({ address_id }) => address_id ?? [])
    const [missing] = await this.rows.stock_location_address.lock(ids)
    if (missing) throw brokenReference('address_id', missing)
  }
}

const at = <L extends object>(location: L, address_id: string | undefined): L =>
  address_id === undefined ? location : { ...location, address_id }
