/** Which fields around a category a storefront can ask for: three relations along the tree, in every direction. */

export const under = (relation: string, fields: readonly string[]) => fields.map((field) => `${relation}.${field}`)

const TREE = ['parent_category', 'category_children']
const FIELDS = [
  ...['id', 'name', 'description', 'handle', 'rank', 'external_id', 'parent_category_id'],
  ...['created_at', 'updated_at', 'deleted_at'],
]

function along(depth: number): string[] {
  const further = depth > 1 ? along(depth - 1) : []
  return TREE.flatMap((relation) => [relation, ...under(relation, [...FIELDS, ...further])])
}

export const CATEGORY_FIELDS = [
  ...['products', 'deleted_at', 'category_children.products.title'],
  ...under('products', ['title', 'variants', 'options', 'images']),
  ...along(3),
]
