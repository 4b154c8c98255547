import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** Brands that are presented together, such as "Made nearby". */
export const BrandCollection = model('brand_collection', {
  id: id('brcol'),
  title: text().searchable(),
  handle: text().unique().searchable(),
  /** Its page in the CMS. */
  cms_page_id: text().nullable(),
  metadata: json().nullable(),
  ...timestamps(),
})
export type BrandCollection = Row<typeof BrandCollection>
