import type { OutsideEntity } from '../../framework/model/outside.ts'
import { type CmsOptions, cmsOf } from './service.ts'

/** A page of the CMS, as reads see it. */
export const cmsPage: OutsideEntity<CmsOptions> = {
  fields: ['id', 'name', 'handle'],
  fetch: async ({ ids, options, signal }) => (await cmsOf(options).readPages(ids, signal)).map((page) => ({ ...page })),
}
