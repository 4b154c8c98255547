/** Filters of products along their relations, in the Admin API and the Store API. */
import type { FilterValue } from '../framework/query.ts'

export const productFilterAliases = {
  category_id: (id: FilterValue) => ({ categories: { id } }),
  tag_id: (id: FilterValue) => ({ tags: { id } }),
  option_id: (id: FilterValue) => ({ options: { id } }),
  option_value_id: (id: FilterValue) => ({ variants: { options: { id } } }),
}
