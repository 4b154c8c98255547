import { ALL, anew, emitIds, newId } from '../../framework/workflow/index.ts'
import {
  type NewProductOption,
  newOptionRows,
  type OptionChange,
  type ValueChange,
} from '../../modules/product/rules/option-changes.ts'
import {
  type GivenValue,
  type OwnedOption,
  optionsGivenUp,
  type ProductOptionsChange,
} from '../../modules/product/rules/product-options.ts'
import { read, together, write } from '../steps.ts'
import { productOptionsCreated, productOptionsDeleted, productOptionsUpdated } from './hooks.ts'

type Ids = { id: string }[]

/** Adds options with their values; the title of one that products share must be free. */
export async function createProductOptions(input: { product_options: NewProductOption[] }): Promise<Ids> {
  const rows = newOptionRows(input.product_options, newId)
  emitIds('product-option.created', rows.options)
  await write.changeOptions(rows)
  const product_options = rows.options.map(({ id }) => ({ id }))
  await productOptionsCreated({ product_options })
  return product_options
}

/** Changes what is given and leaves the rest; `values` are all that the option is to have. */
export async function updateProductOptions(input: { product_options: OptionChange[] }): Promise<Ids> {
  await write.updateProductOptions(emitIds('product-option.updated', input.product_options))
  const product_options = input.product_options.map(({ id }) => ({ id }))
  await productOptionsUpdated({ product_options })
  return product_options
}

/** Deletes options with their values and links; refused where variants have one of those. */
export async function deleteProductOptions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-option.deleted', ids)
  await write.deleteProductOptions(ids)
  await productOptionsDeleted({ ids })
  await write.deleteLinksOf('product_option', ids)
  return ids
}

/** Changes values of an option. */
export async function updateProductOptionValues(input: { product_option_values: ValueChange[] }): Promise<Ids> {
  const { product_option_values: values } = input
  emitIds('product-option-value.updated', values)
  await write.updateProductOptionValues(values)
  return values.map(({ id }) => ({ id }))
}

/** Deletes values of an option; refused where variants have one. */
export async function deleteProductOptionValues(input: { option_id: string; ids: string[] }): Promise<string[]> {
  emitIds('product-option-value.deleted', input.ids)
  await write.deleteProductOptionValues(input)
  return input.ids
}

export interface LinkProductOptionsInput {
  product_id: string
  /** Ids of options, with those of their values that the product uses where that is not all, and new ones. */
  add?: (ProductOptionsChange['add'][number] | NewProductOption)[]
  remove?: string[]
  /** Values that the product is to use, by their ids or as new ones, and those that it uses no longer. */
  update?: { product_option_id: string; add?: GivenValue[]; remove?: string[] }[]
}

/** Which options a product has, and which of their values: all of the change, or none where variants have what is removed. */
export function linkProductOptions(input: LinkProductOptionsInput): Promise<void> {
  return changeOptionsOf(input, 'product.updated')
}

/** The same, as a part of what else changes about the product; `event` is what has happened to it. Its own options that it gives up go. */
export async function changeOptionsOf(input: LinkProductOptionsInput, event?: string): Promise<void> {
  const { product_id, add = [], remove = [], update = [] } = input
  const isNew = (one: (typeof add)[number]): one is NewProductOption => typeof one === 'object' && 'title' in one
  const made = newOptionRows(
    add.filter(isNew).map((one) => ({ ...one, is_exclusive: one.is_exclusive ?? true })),
    newId,
  )
  const change = {
    ...{ product_id, remove, created: { options: made.options, values: made.values } },
    add: [...add.filter((one) => !isNew(one)), ...made.options.map(({ id }) => id)] as ProductOptionsChange['add'],
    update: update.map((one) => ({ add: [], remove: [], ...one })),
  }
  const leaving = await anew(async () => {
    const own = await givenUpBy(change)
    if (event) emitIds(event, [product_id])
    emitIds('product-option.created', made.options)
    emitIds('product-option.deleted', own)
    await together((write) => {
      write.changeProductOptions({ ...change, leaving: own })
      if (own.length > 0) write.deleteLinksOf('product_option', own)
    })
    return own
  })
  if (leaving.length > 0) await productOptionsDeleted({ ids: leaving })
}

/** The options that go with the change; asked for only where any is given up. */
async function givenUpBy(change: Omit<ProductOptionsChange, 'leaving'>): Promise<string[]> {
  if (change.remove.length === 0) return []
  const listing = { fields: ['id', 'is_exclusive', 'products.id'], filters: { id: change.remove }, limit: ALL }
  const { rows } = await read.query<OwnedOption>('product_option', listing)
  return optionsGivenUp(rows, change)
}
