import type { Change, Draft } from '../../framework/model/model.ts'
import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { SalesChannel } from '../../modules/sales-channel/models.ts'
import { write } from '../steps.ts'

export async function createSalesChannels({ sales_channels }: { sales_channels: Draft<typeof SalesChannel>[] }) {
  const rows = withIds('sc', sales_channels)
  return write.createSalesChannels(rows, { emits: { 'sales-channel.created': idsOf(rows) } })
}

export async function updateSalesChannels({ sales_channels }: { sales_channels: Change<typeof SalesChannel>[] }) {
  return write.updateSalesChannels(sales_channels, { emits: { 'sales-channel.updated': idsOf(sales_channels) } })
}

/** Refused if a channel is the default of the store. */
export async function deleteSalesChannels({ ids }: { ids: string[] }) {
  return write.deleteSalesChannels(ids)
}
