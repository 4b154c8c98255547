import {
  boolean,
  choice,
  float,
  id,
  integer,
  json,
  model,
  type Row,
  text,
  timestamps,
} from '../../framework/model/model.ts'
import { belongsTo, hasMany, manyToMany } from '../../framework/model/relations.ts'
import {
  ProductCategory,
  ProductCategoryProduct,
  ProductCollection,
  ProductTag,
  ProductTags,
  ProductType,
} from './groups.ts'

/** Dimensions and customs information. */
const shipping = () => ({
  weight: float().nullable(),
  length: float().nullable(),
  height: float().nullable(),
  width: float().nullable(),
  hs_code: text().nullable(),
  origin_country: text().nullable(),
  mid_code: text().nullable(),
  material: text().nullable(),
})

/** A product, sold in one or more variants. */
export const Product = model(
  'product',
  {
    id: id('prod'),
    title: text().searchable(),
    handle: text().unique(),
    subtitle: text().nullable().searchable(),
    description: text().nullable().searchable(),
    is_giftcard: boolean().default(false),
    status: choice('draft', 'proposed', 'published', 'rejected').default('draft'),
    thumbnail: text().nullable(),
    ...shipping(),
    discountable: boolean().default(true),
    external_id: text().nullable(),
    type_id: text().nullable(),
    collection_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      variants: hasMany('product_variant', { order: 'variant_rank' }).searchable().cascade(),
      images: hasMany('image', { order: 'rank' }).cascade(),
      product_options: hasMany('product_product_option').cascade(),
      options: manyToMany('product_option', { through: 'product_product_option' }),
      type: belongsTo('product_type').stub(),
      collection: belongsTo('product_collection').stub(),
      tags: manyToMany('product_tag', { through: 'product_tags' }),
      categories: manyToMany('product_category', { through: 'product_category_product' }),
    },
    indexes: [{ columns: ['created_at', 'id'] }, { columns: ['title', 'id'] }],
  },
)
export type Product = Row<typeof Product>

/** A variant of a product: the unit that is bought, priced and stocked. */
export const ProductVariant = model(
  'product_variant',
  {
    id: id('variant'),
    title: text().searchable(),
    sku: text().nullable().unique().searchable(),
    barcode: text().nullable().unique().searchable(),
    ean: text().nullable().unique().searchable(),
    upc: text().nullable().unique().searchable(),
    allow_backorder: boolean().default(false),
    manage_inventory: boolean().default(true),
    ...shipping(),
    metadata: json().nullable(),
    variant_rank: integer().nullable().default(0),
    thumbnail: text().nullable(),
    product_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      product: belongsTo('product').searchable(),
      images: manyToMany('image', { through: 'product_variant_product_image', mine: 'variant_id', order: 'rank' }),
      options: manyToMany('product_option_value', {
        through: 'product_variant_option',
        mine: 'variant_id',
        theirs: 'option_value_id',
      }),
      image_links: hasMany('product_variant_product_image', { by: 'variant_id' }).cascade(),
    },
  },
)
export type ProductVariant = Row<typeof ProductVariant>

/** A property in which variants differ, such as the size. Exclusive to a product, or shared by many. */
export const ProductOption = model(
  'product_option',
  {
    id: id('opt'),
    title: text().searchable(),
    is_exclusive: boolean().default(false),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      products: manyToMany('product', { through: 'product_product_option' }),
      values: hasMany('product_option_value', { by: 'option_id', order: 'rank' }).cascade(),
      product_options: hasMany('product_product_option').cascade(),
    },
    indexes: [{ columns: ['title'], unique: true, where: 'not is_exclusive' }],
  },
)
export type ProductOption = Row<typeof ProductOption>

/** A value of an option, such as `M`. */
export const ProductOptionValue = model(
  'product_option_value',
  {
    id: id('optval'),
    value: text().searchable(),
    rank: integer().nullable(),
    metadata: json().nullable(),
    option_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      option: belongsTo('product_option').stub(),
      variants: manyToMany('product_variant', {
        through: 'product_variant_option',
        mine: 'option_value_id',
        theirs: 'variant_id',
      }),
      product_option_links: hasMany('product_product_option_value', { by: 'product_option_value_id' }).cascade(),
      product_options: manyToMany('product_product_option', {
        through: 'product_product_option_value',
        mine: 'product_option_value_id',
        theirs: 'product_product_option_id',
      }),
    },
    indexes: [{ columns: ['option_id', 'value'], unique: true }],
  },
)
export type ProductOptionValue = Row<typeof ProductOptionValue>

/** The options of products. */
export const ProductProductOption = model(
  'product_product_option',
  { id: id('prodopt'), product_id: text(), product_option_id: text(), ...timestamps() },
  {
    relations: {
      product: belongsTo('product'),
      product_option: belongsTo('product_option'),
      value_links: hasMany('product_product_option_value').cascade(),
      values: manyToMany('product_option_value', { through: 'product_product_option_value' }),
    },
    indexes: [{ columns: ['product_id', 'product_option_id'], unique: true }],
  },
)

/** The values of an option that a product uses. */
export const ProductProductOptionValue = model(
  'product_product_option_value',
  { id: id('prodoptval'), product_product_option_id: text(), product_option_value_id: text(), ...timestamps() },
  {
    relations: {
      product_product_option: belongsTo('product_product_option'),
      product_option_value: belongsTo('product_option_value'),
    },
    indexes: [{ columns: ['product_product_option_id', 'product_option_value_id'], unique: true }],
  },
)

/** The option values of variants. */
export const ProductVariantOption = model(
  'product_variant_option',
  { id: id('varopt'), variant_id: text(), option_value_id: text() },
  {
    relations: {
      variant: belongsTo('product_variant'),
      option_value: belongsTo('product_option_value'),
    },
    indexes: [{ columns: ['variant_id', 'option_value_id'], unique: true }],
  },
)

/** An image of a product, which may belong to some of its variants. */
export const ProductImage = model(
  'image',
  {
    id: id('img'),
    url: text(),
    metadata: json().nullable(),
    rank: integer().default(0),
    product_id: text(),
    ...timestamps(),
  },
  {
    title: 'Product Image',
    relations: {
      product: belongsTo('product'),
      variants: manyToMany('product_variant', {
        through: 'product_variant_product_image',
        mine: 'image_id',
        theirs: 'variant_id',
      }),
      variant_links: hasMany('product_variant_product_image', { by: 'image_id' }).cascade(),
    },
  },
)
export type ProductImage = Row<typeof ProductImage>

/** The images of variants. */
export const ProductVariantProductImage = model(
  'product_variant_product_image',
  { id: id('pvpi'), variant_id: text(), image_id: text(), ...timestamps() },
  {
    relations: { variant: belongsTo('product_variant'), image: belongsTo('image') },
    indexes: [{ columns: ['variant_id', 'image_id'], unique: true }],
  },
)

/** By the names of their tables. */
export const models = {
  product: Product,
  product_variant: ProductVariant,
  product_option: ProductOption,
  product_option_value: ProductOptionValue,
  product_product_option: ProductProductOption,
  product_product_option_value: ProductProductOptionValue,
  product_variant_option: ProductVariantOption,
  image: ProductImage,
  product_variant_product_image: ProductVariantProductImage,
  product_tag: ProductTag,
  product_tags: ProductTags,
  product_type: ProductType,
  product_collection: ProductCollection,
  product_category: ProductCategory,
  product_category_product: ProductCategoryProduct,
}
