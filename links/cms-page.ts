import { defineLink } from '../framework/link/define-link.ts'

/** The CMS page of a brand, which has the brand's id. */
export const brandCmsPage = defineLink({
  kind: 'readonly',
  from: 'brand',
  column: 'id',
  as: 'cms_page',
  to: 'cms_page',
})

/** The CMS page of a brand collection, which an editor chooses. */
export const collectionCmsPage = defineLink({
  kind: 'readonly',
  from: 'brand_collection',
  column: 'cms_page_id',
  as: 'cms_page',
  to: 'cms_page',
})
