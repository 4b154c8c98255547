import { sql } from 'kysely'
import { inParts } from '../../framework/model/service.ts'
import { pipelined, prepared } from '../../framework/postgres/statement.ts'
import { brokenReference, Problem } from '../../framework/problem.ts'
import type { ProductChangeRows } from './rules/changed-products.ts'
import type { ProductDeletion } from './rules/deleted-products.ts'
import type { ProductRows } from './rules/new-products.ts'
import { CategoryService } from './service/categories.ts'
import { GroupService } from './service/groups.ts'
import { ImageService } from './service/images.ts'
import { OptionService } from './service/options.ts'

/** What products are grouped by: how it is referred to, and its table. */
const GROUPS = [
  ['type_id', 'product_type'],
  ['collection_id', 'product_collection'],
  ['product_tag_id', 'product_tag'],
  ['product_category_id', 'product_category'],
] as const

type Grouped = Pick<ProductChangeRows, 'tags' | 'categories'> & {
  products: { type_id?: string | null; collection_id?: string | null }[]
}

/** Products with their variants, and what they are grouped by. */
export class ProductService extends inParts(CategoryService, GroupService, ImageService, OptionService) {
  /** Products with all that belongs to them, in one step. */
  createProducts = async (rows: ProductRows): Promise<void> => {
    await this.#holdShared(rows)
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

  /** Options and values that others have, too, stay until this is done. @throws Problem `not_found` where one is gone. */
  async #holdShared({ options, values, product_options, product_option_values }: ProductRows): Promise<void> {
    const own = new Set([...options, ...values].map(({ id }) => id))
    const shared = {
      product_option: product_options.map((one) => one.product_option_id),
      product_option_value: product_option_values.map((one) => one.product_option_value_id),
    }
    for (const [table, all] of Object.entries(shared) as [keyof typeof shared, string[]][]) {
      await this.#hold(
        table,
        all.filter((id) => !own.has(id)),
      )
    }
  }

  /** Rows stay until this is done. @throws Problem `not_found` where one is gone. */
  async #hold(table: 'product_option' | 'product_option_value', ids: string[]): Promise<void> {
    const [missing] = await this.rows[table].hold(ids)
    if (missing) throw new Problem('not_found', `${table} ${missing} was deleted meanwhile`)
  }

  /** The values that variants take stay until this is done: who deletes one holds its option. @throws Problem `not_found` where one is gone. */
  async #holdValues(ids: string[]): Promise<void> {
    if (ids.length === 0) return
    await pipelined(sql`
      select from ${this.table('product_option')}
      where id in (select option_id from ${this.table('product_option_value')} where id = any(${ids}::text[]))
      order by id for share`).execute(this.db)
    await this.#hold('product_option_value', ids)
  }

  /** What was never there the database refuses. @throws Problem `not_found` where products are grouped by what is deleted. */
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

  /** What `changedProducts` found to be different, in one step. */
  changeProducts = async (changes: ProductChangeRows): Promise<void> => {
    await this.#holdValues(changes.variant_options.map((one) => one.option_value_id))
    await this.#refuseDeletedGroups(changes)
    await this.rows.product_variant.softDelete(changes.deletedVariants)
    await this.rows.image.softDelete(changes.deletedImages)
    await this.#remove('product_variant_option', 'variant_id', changes.revalued)
    await this.#remove('product_tags', 'product_id', changes.retagged)
    await this.#remove('product_category_product', 'product_id', changes.recategorised)
    await this.rows.product.update(changes.products)
    await this.rows.product_variant.update(changes.changedVariants)
    await this.rows.image.update(changes.changedImages)
    await this.rows.product_variant.create(changes.variants, { returning: false })
    await this.rows.product_variant_option.create(changes.variant_options, { returning: false })
    await this.rows.image.create(changes.images, { returning: false })
    await this.rows.product_tags.create(changes.tags, { returning: false })
    await this.rows.product_category_product.create(changes.categories, { returning: false })
  }

  /** Products with their variants and images, and the options that are theirs alone. */
  deleteProducts = async ({ ids, option_ids }: ProductDeletion): Promise<void> => {
    await this.rows.product.softDelete(ids)
    await this.rows.product_option.softDelete(option_ids)
  }

  /** Rows of a table that only says what belongs together. */
  async #remove(
    table: 'product_variant_option' | 'product_tags' | 'product_category_product',
    by: string,
    ids: string[],
  ) {
    if (ids.length === 0) return
    await sql`delete from ${this.table(table)} where ${sql.id(by)} = any(${ids}::text[])`.execute(this.db)
  }
}
