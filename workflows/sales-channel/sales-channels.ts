import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { SalesChannel } from '../../modules/sales-channel/models.ts'
import { write } from '../steps.ts'

type Fields = Pick<SalesChannel, 'name'> & Partial<Pick<SalesChannel, 'description' | 'is_disabled' | 'metadata'>>

/** Adds sales channels. */
export async function createSalesChannels(input: { sales_channels: Fields[] }): Promise<SalesChannel[]> {
  const channels = withIds('sc', input.sales_channels)
  emitIds('sales-channel.created', channels)
  return write.createSalesChannels(channels)
}

/** Changes what is given and leaves the rest. */
export async function updateSalesChannels({
  sales_channels,
}: {
  sales_channels: (Partial<Fields> & { id: string })[]
}): Promise<SalesChannel[]> {
  emitIds('sales-channel.updated', sales_channels)
  return write.updateSalesChannels(sales_channels)
}

/** Deletes sales channels: all of them, or none where one is not there. Keys open them no longer. */
export async function deleteSalesChannels({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('sales-channel.deleted', ids)
  await write.deleteSalesChannels(ids)
  await write.deleteLinksOf('sales_channel', ids)
  return ids
}
