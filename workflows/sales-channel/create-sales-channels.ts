import { emit, newId } from '../../framework/workflow/index.ts'
import type { SalesChannel } from '../../modules/sales-channel/models.ts'
import { write } from '../steps.ts'

export interface CreateSalesChannelsInput {
  sales_channels: (Pick<SalesChannel, 'name'> &
    Partial<Pick<SalesChannel, 'description' | 'is_disabled' | 'metadata'>>)[]
}

/** Adds sales channels. */
export async function createSalesChannels({ sales_channels }: CreateSalesChannelsInput): Promise<SalesChannel[]> {
  const rows = sales_channels.map((channel) => ({ ...channel, id: newId('sc') }))
  emit('sales-channel.created', ...rows.map(({ id }) => ({ id })))
  return write.createSalesChannels(rows)
}
