import { newId, withIds } from '../../framework/workflow/index.ts'
import type { StockLocation, StockLocationAddress } from '../../modules/stock-location/models.ts'
import { write } from '../steps.ts'
import { stockLocationsCreated } from './hooks.ts'

type Address = Pick<StockLocationAddress, 'address_1' | 'country_code'> &
  Partial<
    Pick<StockLocationAddress, 'address_2' | 'company' | 'city' | 'phone' | 'province' | 'postal_code' | 'metadata'>
  >
type LocationInput = Pick<StockLocation, 'name'> &
  Partial<Pick<StockLocation, 'address_id' | 'metadata'>> & { address?: Address | undefined }

const withAddressId = <L extends { address?: Address | undefined }>({ address, ...location }: L) => ({
  ...location,
  ...(address && { address: { ...address, id: newId('laddr') } }),
})

/** Creates locations with their addresses. */
export async function createStockLocations({
  stock_locations,
}: {
  stock_locations: LocationInput[]
}): Promise<StockLocation[]> {
  const locations = await write.createStockLocations(withIds('sloc', stock_locations).map(withAddressId))
  await stockLocationsCreated({ stock_locations: locations })
  return locations
}

/** Address fields that are not given stay as they are. */
export async function updateStockLocations({
  stock_locations,
}: {
  stock_locations: (Partial<LocationInput> & { id: string })[]
}): Promise<StockLocation[]> {
  return write.updateStockLocations(stock_locations.map(withAddressId))
}

/** Deletes locations with their fulfillment sets, shipping options and prices. */
export async function deleteStockLocations({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteStockLocations(ids)
  return ids
}
