import { Problem } from '../../../framework/workflow/index.ts'
import { write } from '../../../workflows/steps.ts'

export * from '../../../workflows/index.ts'

/** Deletes tags and channels in two steps, and then fails. */
export async function deleteAndFail({ tags, channels }: { tags: string[]; channels: string[] }): Promise<void> {
  await write.deleteProductTags(tags)
  await write.deleteSalesChannels(channels)
  throw new Problem('not_allowed', 'they are needed after all')
}
