import { Problem } from '../../framework/workflow/index.ts'
import { shape } from '../../query/shape.ts'
import { read, write } from '../steps.ts'

export interface LinkSalesChannelsToApiKeyInput {
  id: string
  add?: string[]
  remove?: string[]
}

const KeyType = shape('api_key', { type: true })

/** Adds sales channels to a publishable key or removes them. Refused if the key is secret, or the key or a channel does not exist. */
export async function linkSalesChannelsToApiKey({
  id,
  add = [],
  remove = [],
}: LinkSalesChannelsToApiKeyInput): Promise<void> {
  const [key] = await read.query(KeyType, { id })
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
