import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { SalesChannel } from '../../modules/sales-channel/models.ts'
import { write } from '../steps.ts'

/** Adds sales channels. */
export async function createSalesChannels({ sales_channels }: { sales_channels: Draft<typeof SalesChannel>[] }) {
  return write.createSalesChannels(emitIds('sales-channel.created', withIds('sc', sales_channels)))
}

/** Changes what is given and leaves the rest. */
export async function updateSalesChannels({ sales_channels }: { sales_channels: Change<typeof SalesChannel>[] }) {
  return write.updateSalesChannels(emitIds('sales-channel.updated', sales_channels))
}

/** Deletes sales channels: all of them, or none where one is not there. Keys open them no longer. */
export async function deleteSalesChannels({ ids }: { ids: string[] }) {
  await write.deleteSalesChannels(emitIds('sales-channel.deleted', ids))
  return ids
}
