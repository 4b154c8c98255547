import { defineLink } from '../framework/link/define-link.ts'

/** A brand's page in the CMS has the brand's id. */
export const brandCmsPage = defineLink({
  kind: 'readonly',
  from: 'brand',
  column: 'id',
  as: 'cms_page',
  to: 'cms_page',
})

/** An editor says which page is that of a collection. */
export const collectionCmsPage = defineLink({
  kind: 'readonly',
  from: 'brand_collection',
  column: 'cms_page_id',
  as: 'cms_page',
  to: 'cms_page',
})
