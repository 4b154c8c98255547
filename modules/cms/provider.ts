/** What a CMS has to be able to do for us. */

/** A page about a brand, as we hand it over. */
export interface CmsPage {
  /** The brand's id is the page's key: so a page that is there is recognised. */
  id: string
  name: string
  handle: string
}

/** Every request ends when `signal` aborts. Refusals are problems `CMS_REFUSED`; what is worth a retry, `CMS_UNAVAILABLE`. */
export interface CmsProvider {
  /** Of these ids, the pages that there are, with the mark of the run that added each (null where another did). */
  findPages(ids: string[], signal: AbortSignal): Promise<{ id: string; mark: string | null }[]>
  /** Of these ids, the pages that there are, as they stand in the CMS. */
  readPages(ids: string[], signal: AbortSignal): Promise<CmsPage[]>
  /** Adds all pages or none. @returns false where one of them was there already. */
  addPages(pages: CmsPage[], mark: string, signal: AbortSignal): Promise<boolean>
  /** Deletes pages; ids that are not there are no error. */
  deletePages(ids: string[], signal: AbortSignal): Promise<void>
}
