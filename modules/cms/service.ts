import { setTimeout as sleep } from 'node:timers/promises'
import { Service } from '../../framework/model/service.ts'
import { Problem } from '../../framework/problem.ts'
import type { CmsPage, CmsProvider } from './provider.ts'

export interface CmsOptions {
  provider?: CmsProvider
}

/** How often pages are looked for before they count as missing, because a request of an earlier attempt may still arrive. */
const LOOKS = 3
const BETWEEN_LOOKS_MS = 150

/** All methods are safe to repeat. */
export class CmsService extends Service<Record<never, never>, CmsOptions> {
  /** The ids without a page, in their order. */
  findMissingInCms = async (ids: string[]): Promise<string[]> => {
    const found = new Set((await this.provider.findPages(ids, this.signal)).map((page) => page.id))
    return ids.filter((id) => !found.has(id))
  }

  /**
   * Adds the pages that are still missing, all or none, with the mark of the run.
   *
   * @returns how many pages the run added, in this attempt and earlier ones.
   */
  createBrandsInCms = async (pages: CmsPage[], mark: string): Promise<number> => {
    for (;;) {
      const found = await this.provider.findPages(ids(pages), this.signal)
      const existing = new Set(found.map((page) => page.id))
      const missing = pages.filter((page) => !existing.has(page.id))
      const ours = found.filter((page) => page.mark === mark).length
      if (missing.length === 0 || (await this.provider.addPages(missing, mark, this.signal)))
        return ours + missing.length
    }
  }

  /** Deletes the pages with the mark, and looks again until none is found. */
  deleteBrandsFromCms = async (pages: CmsPage[], mark: string): Promise<number> => {
    let deleted = 0
    for (let misses = 0; misses < (deleted > 0 ? 1 : LOOKS); misses++) {
      if (misses > 0) await sleep(BETWEEN_LOOKS_MS)
      const found = await this.provider.findPages(ids(pages), this.signal)
      const ours = found.filter((page) => page.mark === mark).map((page) => page.id)
      if (ours.length === 0) continue
      await this.provider.deletePages(ours, this.signal)
      deleted += ours.length
      misses = -1
    }
    return deleted
  }

  private get provider(): CmsProvider {
    return cmsOf(this.options)
  }
}

/** @throws Problem `not_allowed` if no CMS is configured. */
export function cmsOf(options: CmsOptions | undefined): CmsProvider {
  if (options?.provider) return options.provider
  throw new Problem('not_allowed', 'No CMS is configured: set CMS_URL and CMS_TOKEN.', 'CMS_NOT_CONFIGURED')
}

const ids = (pages: CmsPage[]) => pages.map((page) => page.id)
