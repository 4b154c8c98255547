import { emit } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface DeleteSalesChannelsInput {
  ids: string[]
}

/** Deletes sales channels: all of them, or none where one is not there. Keys open them no longer. */
export async function deleteSalesChannels({ ids }: DeleteSalesChannelsInput): Promise<string[]> {
  emit('sales-channel.deleted', ...ids.map((id) => ({ id })))
  await write.deleteSalesChannels(ids)
  await write.deleteLinksOf('sales_channel', ids)
  return ids
}
