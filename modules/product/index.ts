import { defineModule } from '../../framework/model/module.ts'
import {
  ProductCategory,
  ProductCategoryProduct,
  ProductCollection,
  ProductTag,
  ProductTags,
  ProductType,
} from './groups.ts'
import { createProduct } from './migrations/0001-product.ts'
import { orderProducts } from './migrations/0002-orders.ts'
import {
  Product,
  ProductImage,
  ProductOption,
  ProductOptionValue,
  ProductProductOption,
  ProductProductOptionValue,
  ProductVariant,
  ProductVariantOption,
  ProductVariantProductImage,
} from './models.ts'
import { ProductService } from './service.ts'

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

/** What the shop sells, and how shoppers find it. */
export const product = defineModule({
  name: 'product',
  models,
  service: ProductService,
  migrations: { '0001-product': createProduct, '0002-orders': orderProducts },
})
