import { z } from 'zod'
import { defineModule, type Module } from '../../framework/model/module.ts'
import { directus } from './directus.ts'
import { cmsPage } from './page.ts'
import { type CmsOptions, CmsService } from './service.ts'

const outside = { cms_page: cmsPage }

/** The CMS with the pages of the shop. The module has no tables; its data is in the CMS. */
export const cms: Module<CmsService, CmsOptions, 'cms', Record<never, never>, typeof outside> = defineModule({
  name: 'cms',
  service: CmsService,
  outside,
})

const Environment = z.object({
  CMS_URL: z.url().optional(),
  CMS_TOKEN: z.string().default(''),
  CMS_COLLECTION: z.string().default('brands'),
  CMS_FIELDS: z.string().default(''),
})

/**
 * Reads CMS_URL, CMS_TOKEN, CMS_COLLECTION, and CMS_FIELDS such as `name=title,mark=sync_mark`. Without CMS_URL there is no CMS, and
 * steps that need one are refused.
 */
export function cmsFromEnvironment(env: NodeJS.ProcessEnv = process.env): CmsOptions {
  const { CMS_URL, CMS_TOKEN, CMS_COLLECTION, CMS_FIELDS } = Environment.parse(env)
  if (!CMS_URL) return {}
  const fields = Object.fromEntries(
    CMS_FIELDS.split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=').map((part) => part.trim())),
  )
  return { provider: directus({ url: CMS_URL, token: CMS_TOKEN, collection: CMS_COLLECTION, fields }) }
}
