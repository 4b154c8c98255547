/** The rows of new products. Pure. */

import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductCategoryProduct, ProductTags } from '../groups.ts'
import type {
  Product,
  ProductImage,
  ProductOption,
  ProductOptionValue,
  ProductProductOption,
  ProductProductOptionValue,
  ProductVariant,
  ProductVariantOption,
} from '../models.ts'
import { productHandle } from './handle.ts'
import { newVariants, type OptionInUse, type VariantInput } from './new-variants.ts'

type ProductColumns = Omit<New<typeof Product>, 'id' | 'handle' | 'created_at' | 'updated_at' | 'deleted_at'>

export interface ProductInput extends ProductColumns {
  handle?: string | undefined
  options?: OptionInput[] | undefined
  variants?: VariantInput[] | undefined
  images?: { url: string }[] | undefined
  tags?: { id: string }[] | undefined
  categories?: { id: string }[] | undefined
}

/** A new option with its values, or an existing one. */
export type OptionInput =
  | { title: string; values: string[]; ranks?: Record<string, number>; is_exclusive?: boolean; metadata?: Metadata }
  | { id: string; value_ids?: string[] }
type Metadata = Record<string, unknown> | null

/** An existing option with its values. */
export interface KnownOption {
  id: string
  title: string
  is_exclusive: boolean
  values: { id: string; value: string }[]
}

export interface ProductRows {
  products: New<typeof Product>[]
  options: New<typeof ProductOption>[]
  values: New<typeof ProductOptionValue>[]
  product_options: New<typeof ProductProductOption>[]
  product_option_values: New<typeof ProductProductOptionValue>[]
  variants: New<typeof ProductVariant>[]
  variant_options: New<typeof ProductVariantOption>[]
  images: New<typeof ProductImage>[]
  tags: New<typeof ProductTags>[]
  categories: New<typeof ProductCategoryProduct>[]
}

/**
 * @param known the options that are given by id.
 * @throws Problem `invalid_data` if a product has no options, a handle is invalid, or variants do not fit the options.
 */
export function newProducts(
  inputs: readonly ProductInput[],
  known: readonly KnownOption[],
  newId: MakeId,
): ProductRows {
  const without = inputs.filter(({ options }) => !options?.length).map(({ title }) => title)
  if (without.length > 0) {
    throw new Problem('invalid_data', `Product options are not provided for: [${without.join(', ')}].`)
  }
  return mergeRows(inputs.map((input) => newProduct(input, known, newId)))
}

function newProduct(input: ProductInput, known: readonly KnownOption[], newId: MakeId): ProductRows {
  const { options: given = [], variants = [], images = [], tags = [], categories = [], ...own } = input
  const product_id = newId('prod')
  const handle = productHandle(input.handle, input.title, () => newId('h').slice(-6).toLowerCase())
  const options = newOptions(given, product_id, known, newId)
  return {
    ...options.rows,
    products: [{ ...own, id: product_id, handle, thumbnail: input.thumbnail ?? images[0]?.url ?? null }],
    ...newVariants(variants, { product_id, title: input.title, options: options.inUse }, newId),
    images: images.map(({ url }, rank) => ({ id: newId('img'), url, rank, product_id })),
    ...newGroups(product_id, { tags, categories }, newId),
  }
}

/** The tags and categories of a product. */
export function newGroups(
  product_id: string,
  { tags = [], categories = [] }: Pick<ProductInput, 'tags' | 'categories'>,
  newId: MakeId,
): Pick<ProductRows, 'tags' | 'categories'> {
  const distinctIds = (rows: { id: string }[]) => [...new Set(rows.map(({ id }) => id))]
  return {
    tags: distinctIds(tags).map((product_tag_id) => ({ id: newId('prodtag'), product_id, product_tag_id })),
    categories: distinctIds(categories).map((product_category_id) => ({
      id: newId('pcatprod'),
      product_id,
      product_category_id,
    })),
  }
}

type OptionRows = Pick<ProductRows, 'options' | 'values' | 'product_options' | 'product_option_values'>

/** The options of a product: new ones, and existing ones by id. */
export function newOptions(
  given: readonly OptionInput[],
  product_id: string,
  known: readonly KnownOption[],
  newId: MakeId,
): { rows: OptionRows; inUse: OptionInUse[] } {
  const rows: OptionRows = { options: [], values: [], product_options: [], product_option_values: [] }
  const inUse = given.map((input): OptionInUse => {
    const option = 'id' in input ? knownOption(input, known) : newOption(input, rows, newId)
    const product_product_option_id = newId('prodopt')
    rows.product_options.push({ id: product_product_option_id, product_id, product_option_id: option.id })
    for (const { id } of option.values) {
      rows.product_option_values.push({
        id: newId('prodoptval'),
        product_product_option_id,
        product_option_value_id: id,
      })
    }
    return option
  })
  const duplicate = inUse.find(({ title }, i) => inUse.findIndex((other) => other.title === title) !== i)
  if (duplicate) throw new Problem('invalid_data', `Product option with title: ${duplicate.title} is given twice`)
  return { rows, inUse }
}

function newOption(input: Exclude<OptionInput, { id: string }>, rows: OptionRows, newId: MakeId): OptionInUse {
  const { title, ranks = {}, is_exclusive = true, metadata = null } = input
  const id = newId('opt')
  const values = [...new Set(input.values)].map((value) => ({ id: newId('optval'), value }))
  rows.options.push({ id, title, is_exclusive, metadata })
  rows.values.push(...values.map((one) => ({ ...one, rank: ranks[one.value] ?? null, option_id: id })))
  return { id, title, values }
}

function knownOption(
  { id, value_ids }: { id: string; value_ids?: string[] },
  known: readonly KnownOption[],
): OptionInUse {
  const option = known.find((one) => one.id === id)
  if (!option) throw new Problem('not_found', `ProductOption id not found: ${id}`)
  if (option.is_exclusive) throw new Problem('not_allowed', `Product Option with id: ${id} is another product's own`)
  if (!value_ids) return option
  const missing = value_ids.filter((value) => !option.values.some((one) => one.id === value))
  if (missing.length > 0) throw new Problem('not_found', `ProductOptionValue id not found: ${missing.join(', ')}`)
  return { ...option, values: option.values.filter((value) => value_ids.includes(value.id)) }
}

function mergeRows(all: readonly ProductRows[]): ProductRows {
  const of = <K extends keyof ProductRows>(name: K) => all.flatMap((rows) => rows[name] as never[]) as ProductRows[K]
  return {
    products: of('products'),
    options: of('options'),
    values: of('values'),
    product_options: of('product_options'),
    product_option_values: of('product_option_values'),
    variants: of('variants'),
    variant_options: of('variant_options'),
    images: of('images'),
    tags: of('tags'),
    categories: of('categories'),
  }
}
