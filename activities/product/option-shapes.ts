/** What decisions about products and their options read of both. */
import { shape } from '../../query/shape.ts'

/** The options of a product, and which of their values it uses. */
export const optionsInUse = [
  { id: true, product_option_id: true, value_links: [{ id: true, product_option_value_id: true }] },
] as const

export const OptionOfProducts = shape('product_option', {
  id: true,
  title: true,
  is_exclusive: true,
  products: [{ id: true }],
  values: [{ id: true, value: true }],
})
