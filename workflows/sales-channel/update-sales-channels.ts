import { emit } from '../../framework/workflow/index.ts'
import type { SalesChannel } from '../../modules/sales-channel/models.ts'
import { write } from '../steps.ts'

export interface UpdateSalesChannelsInput {
  sales_channels: (Pick<SalesChannel, 'id'> &
    Partial<Pick<SalesChannel, 'name' | 'description' | 'is_disabled' | 'metadata'>>)[]
}

/** Changes what is given and leaves the rest. */
export async function updateSalesChannels({ sales_channels }: UpdateSalesChannelsInput): Promise<SalesChannel[]> {
  emit('sales-channel.updated', ...sales_channels.map(({ id }) => ({ id })))
  return write.updateSalesChannels(sales_channels)
}
