/** How products are asked for along their relations, by admins and by shops. */
import type { Filters } from '../framework/query.ts'

export const productFilterAliases = {
  category_id: (id: unknown) => ({ categories: { id } }) as Filters,
  tag_id: (id: unknown) => ({ tags: { id } }) as Filters,
  option_id: (id: unknown) => ({ options: { id } }) as Filters,
  option_value_id: (id: unknown) => ({ variants: { options: { id } } }) as Filters,
}
