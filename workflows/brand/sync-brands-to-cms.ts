import { pages, runMark, showProgress, withSaga } from '../../framework/workflow/index.ts'
import { call, read, undo } from '../steps.ts'

export interface SyncBrandsToCmsInput {
  /** Default: all brands. */
  ids?: string[]
}

export interface SyncBrandsToCmsResult {
  /** How many brands were checked. */
  brands: number
  /** How many pages this run added. */
  added: number
}

const PAGE = 200

/** Adds the brands that the CMS lacks. If the CMS refuses one, the pages that this run added are deleted again. */
export async function syncBrandsToCms({ ids }: SyncBrandsToCmsInput): Promise<SyncBrandsToCmsResult> {
  const mark = runMark()
  const result = { brands: 0, added: 0 }

  await withSaga(async (saga) => {
    for await (const brands of pages((after) => read.listBrands({ ids, after, limit: PAGE }))) {
      const missing = new Set(await call.findMissingInCms(brands.map((brand) => brand.id)))
      const lacking = brands.filter((brand) => missing.has(brand.id)).map(cmsPage)
      if (lacking.length > 0) {
        result.added += await saga.step(
          () => call.createBrandsInCms(lacking, mark),
          () => undo.deleteBrandsFromCms(lacking, mark),
        )
      }
      result.brands += brands.length
      showProgress({ ...result })
    }
  })

  return result
}

/** One sync at a time: a request, command or schedule during a sync joins it. */
syncBrandsToCms.subject = () => 'all'

function cmsPage({ id, name, handle }: { id: string; name: string; handle: string }) {
  return { id, name, handle }
}
