/** Categories, collections, tags and types of the demo shop. */
import { type Admin, ensure, find } from './admin.ts'
import { products } from './catalogue.ts'
import { categories, collections, type DemoCategory } from './data/groups.ts'

/** Handle or value → id. */
export type Ids = Record<string, string>

export interface Groups {
  categories: Ids
  collections: Ids
  tags: Ids
  types: Ids
}

interface Row {
  id: string
}

export async function seedGroups(admin: Admin): Promise<Groups> {
  return {
    categories: await seedTree(admin, categories, null),
    collections: await seedEach(admin, ['/admin/collections', 'collections'], collections, 'handle'),
    tags: await seedValues(
      admin,
      ['/admin/product-tags', 'product_tags'],
      products.flatMap(({ tags }) => tags),
    ),
    types: await seedValues(
      admin,
      ['/admin/product-types', 'product_types'],
      products.map(({ type }) => type),
    ),
  }
}

/** One after the other, which determines their ranks. */
async function seedTree(admin: Admin, tree: DemoCategory[], parent_category_id: string | null): Promise<Ids> {
  const path = '/admin/product-categories'
  const ids: Ids = {}
  for (const { children = [], ...category } of tree) {
    const found = () => find<Row>(admin, [path, 'product_categories'], { handle: category.handle, fields: 'id' })
    const { id } = await ensure(admin, found, path, () => ({ ...category, is_active: true, parent_category_id }))
    Object.assign(ids, { [category.handle]: id }, await seedTree(admin, children, id))
  }
  return ids
}

type List = readonly [path: string, many: string]

function seedValues(admin: Admin, list: List, values: string[]): Promise<Ids> {
  const rows = [...new Set(values)].map((value) => ({ value }))
  return seedEach(admin, list, rows, 'value')
}

async function seedEach<R extends Record<K, string>, K extends string>(
  admin: Admin,
  list: List,
  rows: R[],
  key: K,
): Promise<Ids> {
  const ids: Ids = {}
  for (const row of rows) {
    const found = () => find<Row>(admin, list, { [key]: row[key], fields: 'id' })
    ids[row[key]] = (await ensure(admin, found, list[0], () => row)).id
  }
  return ids
}
