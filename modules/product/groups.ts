/** Groups of products: tags, types, collections, categories. */
import { boolean, id, integer, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany, manyToMany } from '../../framework/model/relations.ts'

/** A tag of products. */
export const ProductTag = model(
  'product_tag',
  {
    id: id('ptag'),
    value: text().unique().searchable(),
    external_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { products: manyToMany('product', { through: 'product_tags' }) } },
)
export type ProductTag = Row<typeof ProductTag>

/** The tags of products. */
export const ProductTags = model(
  'product_tags',
  { id: id('prodtag'), product_id: text(), product_tag_id: text() },
  {
    relations: { product: belongsTo('product'), product_tag: belongsTo('product_tag') },
    indexes: [{ columns: ['product_id', 'product_tag_id'], unique: true }],
  },
)

/** The type of a product; it has at most one. */
export const ProductType = model(
  'product_type',
  {
    id: id('ptyp'),
    value: text().unique().searchable(),
    external_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { products: hasMany('product', { by: 'type_id' }) } },
)
export type ProductType = Row<typeof ProductType>

/** Products that are presented together; a product is in at most one collection. */
export const ProductCollection = model(
  'product_collection',
  {
    id: id('pcol'),
    title: text().searchable(),
    handle: text().unique(),
    external_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { products: hasMany('product', { by: 'collection_id' }) } },
)
export type ProductCollection = Row<typeof ProductCollection>

/** A node in the tree of categories. */
export const ProductCategory = model(
  'product_category',
  {
    id: id('pcat'),
    name: text().searchable(),
    description: text().default('').searchable(),
    handle: text().unique().searchable(),
    mpath: text(),
    is_active: boolean().default(false),
    is_internal: boolean().default(false),
    rank: integer().default(0),
    external_id: text().nullable(),
    metadata: json().nullable(),
    parent_category_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      parent_category: belongsTo('product_category').stub(),
      category_children: hasMany('product_category', { by: 'parent_category_id', order: 'rank' }),
      products: manyToMany('product', { through: 'product_category_product' }),
    },
    indexes: [{ columns: ['mpath'] }],
  },
)
export type ProductCategory = Row<typeof ProductCategory>

/** The products of categories. */
export const ProductCategoryProduct = model(
  'product_category_product',
  { id: id('pcatprod'), product_id: text(), product_category_id: text() },
  {
    relations: { product: belongsTo('product'), product_category: belongsTo('product_category') },
    indexes: [{ columns: ['product_id', 'product_category_id'], unique: true }],
  },
)
