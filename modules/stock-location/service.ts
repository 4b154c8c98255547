import { sql } from 'kysely'
import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import { brokenReference } from '../../framework/problem.ts'
import type { models, StockLocation, StockLocationAddress } from './models.ts'

type Address = New<typeof StockLocationAddress>
type WithAddress<L> = L & { address?: Address | undefined }

export class StockLocationService extends Service<typeof models> {
  /** `address` creates an address, `address_id` refers to an existing one. */
  createStockLocations = async (inputs: WithAddress<New<typeof StockLocation>>[]): Promise<StockLocation[]> => {
    await this.rows.stock_location_address.create(
      inputs.flatMap(({ address }) => address ?? []),
      { returning: false },
    )
    await this.#lockAddresses(inputs)
    return this.rows.stock_location.create(
      inputs.map(({ address, ...location }) => withAddressId(location, address?.id)),
    )
  }

  /** `address` updates the address of the location, or creates one if it has none. */
  updateStockLocations = async (changes: WithAddress<Change<typeof StockLocation>>[]): Promise<StockLocation[]> => {
    const stored = await this.#addressesOf(changes.map(({ id }) => id))
    const changed: Change<typeof StockLocationAddress>[] = []
    const created: Address[] = []
    const locations = changes.map(({ address, ...location }) => {
      if (!address) return location
      const currentId = location.address_id ?? stored.get(location.id)
      if (currentId) changed.push({ ...address, id: currentId })
      else created.push(address)
      return withAddressId(location, currentId ?? address.id)
    })
    await this.rows.stock_location_address.create(created, { returning: false })
    await this.#lockAddresses(locations)
    await this.rows.stock_location_address.update(changed)
    return this.rows.stock_location.update(locations)
  }

  deleteStockLocations = (ids: string[]) => this.rows.stock_location.softDelete(ids)

  /** Location id → address id. Locks the locations until the step ends. */
  async #addressesOf(ids: string[]): Promise<Map<string, string | null>> {
    const { rows } = await sql<{ id: string; address_id: string | null }>`
      select id, address_id from ${this.table('stock_location')} where id = any(${ids}) order by id for update`.execute(
      this.db,
    )
    return new Map(rows.map(({ id, address_id }) => [id, address_id]))
  }

  /** @throws Problem `not_found` if an address does not exist. */
  async #lockAddresses(locations: { address_id?: string | null }[]): Promise<void> {
    const ids = locations.flatMap(({ address_id }) => address_id ?? [])
    const [missing] = await this.rows.stock_location_address.lock(ids)
    if (missing) throw brokenReference('address_id', missing)
  }
}

const withAddressId = <L extends object>(location: L, address_id: string | undefined): L =>
  address_id === undefined ? location : { ...location, address_id }
