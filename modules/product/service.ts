import { sql } from 'kysely'
import { combineServices } from '../../framework/model/service.ts'
import { prepared } from '../../framework/postgres/statement.ts'
import { brokenReference } from '../../framework/problem.ts'
import { mergeRows, type ProductChangeRows } from './rules/changed-products.ts'
import type { ProductRows } from './rules/new-products.ts'
import { CategoryService } from './service/categories.ts'
import { GroupService } from './service/groups.ts'
import { ImageService } from './service/images.ts'
import { OptionService } from './service/options.ts'

/** The groups of products: column and table. */
const GROUPS = [
  ['type_id', 'product_type'],
  ['collection_id', 'product_collection'],
  ['product_tag_id', 'product_tag'],
  ['product_category_id', 'product_category'],
] as const

type Grouped = Pick<ProductChangeRows, 'tags' | 'categories'> & {
  products: { type_id?: string | null; collection_id?: string | null }[]
}

export class ProductService extends combineServices(CategoryService, GroupService, ImageService, OptionService) {
  createProducts = async (rows: ProductRows): Promise<void> => {
    await this.#refuseDeletedGroups(rows)
    await this.rows.product.create(rows.products, { returning: false })
    await this.rows.product_option.create(rows.options, { returning: false })
    await this.rows.product_option_value.create(rows.values, { returning: false })
    await this.rows.product_product_option.create(rows.product_options, { returning: false })
    await this.rows.product_product_option_value.create(rows.product_option_values, { returning: false })
    await this.rows.product_variant.create(rows.variants, { returning: false })
    await this.rows.product_variant_option.create(rows.variant_options, { returning: false })
    await this.rows.image.create(rows.images, { returning: false })
    await this.rows.product_tags.create(rows.tags, { returning: false })
    await this.rows.product_category_product.create(rows.categories, { returning: false })
  }

  /** @throws Problem `not_found` if a group is deleted. Foreign keys refuse groups that never existed. */
  async #refuseDeletedGroups({ products, tags, categories }: Grouped): Promise<void> {
    const given = {
      type_id: products.map(({ type_id }) => type_id),
      collection_id: products.map(({ collection_id }) => collection_id),
      product_tag_id: tags.map((one) => one.product_tag_id),
      product_category_id: categories.map((one) => one.product_category_id),
    }
    const isGrouped = Object.values(given).some((ids) => ids.some((id) => typeof id === 'string'))
    if (!isGrouped) return
    const deleted = GROUPS.map(
      ([key, table]) => sql`select ${key}::text as key, id from ${this.table(table)}
        where id = any(${[...new Set(given[key])]}::text[]) and deleted_at is not null`,
    )
    const { rows } = await prepared(sql<{ key: string; id: string }>`
      ${sql.join(deleted, sql` union all `)} limit 1`).execute(this.db)
    if (rows[0]) throw brokenReference(rows[0].key, rows[0].id)
  }

  changeProducts = async (all: readonly ProductChangeRows[]): Promise<void> => {
    const rows = mergeRows(all)
    await this.#refuseDeletedGroups(rows)
    await this.rows.product_variant.softDelete(rows.deletedVariants)
    await this.rows.image.softDelete(rows.deletedImages)
    await this.#remove('product_variant_option', 'variant_id', rows.revalued)
    await this.#remove('product_tags', 'product_id', rows.retagged)
    await this.#remove('product_category_product', 'product_id', rows.recategorised)
    await this.rows.product.update(rows.products)
    await this.rows.product_variant.update(rows.changedVariants)
    await this.rows.image.update(rows.changedImages)
    await this.rows.product_variant.create(rows.variants, { returning: false })
    await this.rows.product_variant_option.create(rows.variant_options, { returning: false })
    await this.rows.image.create(rows.images, { returning: false })
    await this.rows.product_tags.create(rows.tags, { returning: false })
    await this.rows.product_category_product.create(rows.categories, { returning: false })
  }

  /** Deletes products with their variants and images, and the options that only they have. */
  deleteProducts = async ({ ids, option_ids }: { ids: string[]; option_ids: string[] }): Promise<void> => {
    await this.rows.product.softDelete(ids)
    await this.rows.product_option.softDelete(option_ids)
  }

  /** Deletes the rows of a join table. */
  async #remove(
    table: 'product_variant_option' | 'product_tags' | 'product_category_product',
    by: string,
    ids: string[],
  ) {
    await this.rows[table].deleteWhere({ [by]: ids })
  }
}
