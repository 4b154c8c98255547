import type { OutsideEntity } from '../../framework/model/outside.ts'
import type { CmsPage } from './provider.ts'
import { type CmsOptions, cmsOf } from './service.ts'

/** Pages of the CMS as an entity of the query layer. */
export const cmsPage: OutsideEntity<CmsOptions, CmsPage> = {
  fields: ['id', 'name', 'handle'],
  fetch: async ({ ids, options, signal }) => (await cmsOf(options).readPages(ids, signal)).map((page) => ({ ...page })),
}
