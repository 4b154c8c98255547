/** The interface of CMS providers. */

/** The page of a brand. */
export interface CmsPage {
  /** The id of the brand, so that an existing page is recognised. */
  id: string
  name: string
  handle: string
}

/** Requests end when `signal` aborts. Refusals are problems with the code `CMS_REFUSED`, retryable errors `CMS_UNAVAILABLE`. */
export interface CmsProvider {
  /** The pages that exist, with the mark of the run that added each; null if it was added otherwise. */
  findPages(ids: string[], signal: AbortSignal): Promise<{ id: string; mark: string | null }[]>
  /** The pages that exist. */
  readPages(ids: string[], signal: AbortSignal): Promise<CmsPage[]>
  /** Adds all pages or none. @returns false if one of them exists already. */
  addPages(pages: CmsPage[], mark: string, signal: AbortSignal): Promise<boolean>
  /** Deletes pages; ids that do not exist are ignored. */
  deletePages(ids: string[], signal: AbortSignal): Promise<void>
}
