/** The fields of categories that a storefront can select: up to three relations along the tree, in both directions. */

export const prefixed = (relation: string, fields: readonly string[]) => fields.map((field) => `${relation}.${field}`)

const TREE = ['parent_category', 'category_children']
const FIELDS = [
  ...['id', 'name', 'description', 'handle', 'rank', 'external_id', 'parent_category_id'],
  ...['created_at', 'updated_at', 'deleted_at'],
]

function treeFields(depth: number): string[] {
  const nested = depth > 1 ? treeFields(depth - 1) : []
  return TREE.flatMap((relation) => [relation, ...prefixed(relation, [...FIELDS, ...nested])])
}

export const CATEGORY_FIELDS = [
  ...['products', 'deleted_at', 'category_children.products.title'],
  ...prefixed('products', ['title', 'variants', 'options', 'images']),
  ...treeFields(3),
]
