import { newId, withIds } from '../../framework/workflow/index.ts'
import type { StockLocation, StockLocationAddress } from '../../modules/stock-location/models.ts'
import { write } from '../steps.ts'
import { stockLocationsCreated } from './hooks.ts'

type Address = Pick<StockLocationAddress, 'address_1' | 'country_code'> &
  Partial<
    Pick<StockLocationAddress, 'address_2' | 'company' | 'city' | 'phone' | 'province' | 'postal_code' | 'metadata'>
  >
type Fields = Pick<StockLocation, 'name'> &
  Partial<Pick<StockLocation, 'address_id' | 'metadata'>> & { address?: Address | undefined }

const addressed = <L extends { address?: Address | undefined }>({ address, ...location }: L) => ({
  ...location,
  ...(address && { address: { ...address, id: newId('laddr') } }),
})

/** Adds locations with their addresses. */
export async function createStockLocations({
  stock_locations,
}: {
  stock_locations: Fields[]
}): Promise<StockLocation[]> {
  const locations = await write.createStockLocations(withIds('sloc', stock_locations).map(addressed))
  await stockLocationsCreated({ stock_locations: locations })
  return locations
}

/** Changes what is given and leaves the rest, of the address as well. */
export async function updateStockLocations({
  stock_locations,
}: {
  stock_locations: (Partial<Fields> & { id: string })[]
}): Promise<StockLocation[]> {
  return write.updateStockLocations(stock_locations.map(addressed))
}

/** Deletes locations, and with them the fulfillment sets that are theirs, down to the prices of shipping options. */
export async function deleteStockLocations({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteStockLocations(ids)
  return ids
}
