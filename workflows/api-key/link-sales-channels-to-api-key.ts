import { Problem } from '../../framework/workflow/index.ts'
import { shape } from '../../query/shape.ts'
import { read, write } from '../steps.ts'

export interface LinkSalesChannelsToApiKeyInput {
  id: string
  add?: string[]
  remove?: string[]
}

const Linked = shape('api_key', { type: true })

/** Which sales channels a publishable key opens: all of the change, or none where the key or a channel is not there. */
export async function linkSalesChannelsToApiKey({
  id,
  add = [],
  remove = [],
}: LinkSalesChannelsToApiKeyInput): Promise<void> {
  const [key] = await read.query(Linked, { id })
  if (key?.type === 'secret') {
    throw new Problem('invalid_data', 'Sales channels can only be associated with publishable API keys')
  }
  const pair = (sales_channel_id: string) => ({ publishable_key_id: id, sales_channel_id })
  await write.changeLinks({
    exist: { api_key: [id], sales_channel: add },
    changes: [
      {
        link: 'publishable_api_key_sales_channel',
        add: add.map(pair),
        remove: remove.map(pair),
      },
    ],
  })
}
