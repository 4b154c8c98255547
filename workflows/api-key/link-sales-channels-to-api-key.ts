import { all, newId, Problem } from '../../framework/workflow/index.ts'
import type { ApiKey } from '../../modules/api-key/models.ts'
import { read, write } from '../steps.ts'

export interface LinkSalesChannelsToApiKeyInput {
  id: string
  add?: string[]
  remove?: string[]
}

/** Which sales channels a publishable key opens: all of the change, or none where one of them is not there. */
export async function linkSalesChannelsToApiKey({
  id,
  add = [],
  remove = [],
}: LinkSalesChannelsToApiKeyInput): Promise<void> {
  const { keys, channels } = await all({
    keys: () => read.query<Pick<ApiKey, 'id' | 'type'>>('api_key', { fields: ['id', 'type'], filters: { id } }),
    channels: () => read.query<{ id: string }>('sales_channel', idsOf(add)),
  })
  const [key] = keys.rows
  if (!key) throw new Problem('not_found', `Api Key with id: ${id} was not found`)
  if (key.type !== 'publishable') {
    throw new Problem('invalid_data', 'Sales channels can only be associated with publishable API keys')
  }
  const missing = add.filter((one) => !channels.rows.some((row) => row.id === one))
  if (missing.length > 0) throw new Problem('not_found', `Sales channels with IDs ${missing.join(', ')} do not exist`)
  await write.changeLinks('publishable_api_key_sales_channel', {
    add: add.map((sales_channel_id) => ({ id: newId('pksc'), publishable_key_id: id, sales_channel_id })),
    remove: remove.map((sales_channel_id) => ({ publishable_key_id: id, sales_channel_id })),
  })
}

const idsOf = (ids: string[]) => ({ fields: ['id'], filters: { id: ids }, limit: ids.length })
