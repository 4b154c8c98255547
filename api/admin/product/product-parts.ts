/** Which options a product has, and which images show which of its variants. */
import { some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { createRouter, idempotencyHeader, json, route, z } from '../../../framework/http/router.ts'
import { changes, linkBody, lists } from '../../../framework/http/routes.ts'
import { linkProductOptions } from '../../../workflows/product/link-product-options.ts'
import { linkVariantImages } from '../../../workflows/product/link-variant-images.ts'
import { optionFields } from './product-options.ts'
import { productView } from './products.ts'

const tags = ['products']

const OptionsOfProduct = z
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
  { path: '/admin/products/{id}/options', filters: { title: filter.text(), ...filter.dates() } },
)
changes(productParts, productView, {
  path: '/admin/products/{id}/options/batch',
  summary: 'Say which options a product has, and which of their values it uses',
  body: OptionsOfProduct,
  run: (c, body, { id }) => c.var.run(linkProductOptions, { ...body, product_id: id }),
})

const Linked = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })
const linked = { 200: json(Linked, 'Their ids'), 404: { description: 'One is not there' } }
const body = json(linkBody, 'What is asked')

const variantsOfImage = route({
  method: 'post',
  path: '/admin/products/{id}/images/{image_id}/variants/batch',
  tags,
  summary: 'Say which variants an image shows',
  request: { params: z.object({ id: z.string(), image_id: z.string() }), headers: idempotencyHeader, body },
  responses: linked,
})
productParts.openapi(variantsOfImage, async (c) => {
  const { id: product_id, image_id } = c.req.valid('param')
  const { add = [], remove = [] } = c.req.valid('json')
  const pairs = (variants: string[]) => variants.map((variant_id) => ({ variant_id, image_id }))
  await c.var.run(linkVariantImages, { product_id, add: pairs(add), remove: pairs(remove) })
  return c.json({ added: add, removed: remove }, 200)
})

const imagesOfVariant = route({
  method: 'post',
  path: '/admin/products/{id}/variants/{variant_id}/images/batch',
  tags,
  summary: 'Say which images show a variant',
  request: { params: z.object({ id: z.string(), variant_id: z.string() }), headers: idempotencyHeader, body },
  responses: linked,
})
productParts.openapi(imagesOfVariant, async (c) => {
  const { id: product_id, variant_id } = c.req.valid('param')
  const { add = [], remove = [] } = c.req.valid('json')
  const pairs = (images: string[]) => images.map((image_id) => ({ variant_id, image_id }))
  await c.var.run(linkVariantImages, { product_id, add: pairs(add), remove: pairs(remove) })
  return c.json({ added: add, removed: remove }, 200)
})
