/** The shapes of options that decisions about products read. */
import { shape } from '../../query/shape.ts'

/** The options of a product with the values that it uses. */
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
