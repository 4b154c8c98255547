/** The options of a product, and the images of its variants. */
import { some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { createRouter, idempotencyHeader, json, route, z } from '../../../framework/http/router.ts'
import { changes, linkBody, lists } from '../../../framework/http/routes.ts'
import { linkProductOptions } from '../../../workflows/product/link-product-options.ts'
import { linkVariantImages } from '../../../workflows/product/link-variant-images.ts'
import { optionFields } from './product-options.ts'
import { product } from './products.ts'

const tags = ['products']

const ProductOptionsChange = z
  .strictObject({
    add: some(
      z.union([
        z.string(),
        z.strictObject(optionFields),
        z.strictObject({ id: z.string(), value_ids: z.array(z.string()).max(1000) }),
      ]),
    ),
    remove: some(z.string()),
    update: some(
      z.object({
        product_option_id: z.string(),
        add: some(z.union([z.string(), z.strictObject({ value: z.string() })])),
        remove: some(z.string()),
      }),
    ),
  })
  .openapi('ProductOptionsChange')

export const productParts = createRouter()

lists(
  productParts,
  {
    entity: 'product_option',
    one: 'product_option',
    many: 'product_options',
    fields: { defaults: ['id', 'title'] },
    scope: (c) => ({ filters: { products: { id: c.req.param('id')! } } }),
  },
  {
    path: '/admin/products/{id}/options',
    summary: 'List the options of a product',
    filters: { title: filter.text(), ...filter.dates() },
  },
)
changes(productParts, product, {
  path: '/admin/products/{id}/options/batch',
  summary: 'Add, update and remove options of a product',
  body: ProductOptionsChange,
  run: (c, body, { id }) => c.var.run(linkProductOptions, { ...body, product_id: id }),
})

const LinkedIds = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })
const responses = {
  200: json(LinkedIds, 'The ids that were added and removed'),
  404: { description: 'The product, an image or a variant was not found' },
}
const body = json(linkBody, 'The ids to add and to remove')

const changeVariantsOfImage = route({
  method: 'post',
  path: '/admin/products/{id}/images/{image_id}/variants/batch',
  tags,
  summary: 'Add an image to variants, or remove it',
  request: { params: z.object({ id: z.string(), image_id: z.string() }), headers: idempotencyHeader, body },
  responses,
})
productParts.openapi(changeVariantsOfImage, async (c) => {
  const { id: product_id, image_id } = c.req.valid('param')
  const { add = [], remove = [] } = c.req.valid('json')
  const pairs = (variants: string[]) => variants.map((variant_id) => ({ variant_id, image_id }))
  await c.var.run(linkVariantImages, { product_id, add: pairs(add), remove: pairs(remove) })
  return c.json({ added: add, removed: remove }, 200)
})

const changeImagesOfVariant = route({
  method: 'post',
  path: '/admin/products/{id}/variants/{variant_id}/images/batch',
  tags,
  summary: 'Add images to a variant, or remove them',
  request: { params: z.object({ id: z.string(), variant_id: z.string() }), headers: idempotencyHeader, body },
  responses,
})
productParts.openapi(changeImagesOfVariant, async (c) => {
  const { id: product_id, variant_id } = c.req.valid('param')
  const { add = [], remove = [] } = c.req.valid('json')
  const pairs = (images: string[]) => images.map((image_id) => ({ variant_id, image_id }))
  await c.var.run(linkVariantImages, { product_id, add: pairs(add), remove: pairs(remove) })
  return c.json({ added: add, removed: remove }, 200)
})
