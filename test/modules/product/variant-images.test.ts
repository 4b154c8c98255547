import { changedVariantImages } from '../../../modules/product/rules/variant-images.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

/** Of the variant s the image a is the thumbnail; m has no image. */
const product = {
  images: ['a', 'b'].map((id) => ({ id, url: `${id}.png` })),
  variants: [
    { id: 's', thumbnail: 'a.png', image_links: [{ id: 'link s a', image_id: 'a' }] },
    { id: 'm', thumbnail: null, image_links: [] },
  ],
}
const pair = (text: string) => {
  const [variant_id, image_id] = text.split(' ') as [string, string]
  return { variant_id, image_id }
}
const changed = (add: string[], remove: string[] = []) =>
  changedVariantImages(product, { product_id: 'prod_1', add: add.map(pair), remove: remove.map(pair) }, countingIds())
const notFound = (message: string) => ({ type: 'not_found', message })

test('images are linked to variants, each once, and not where they are already', () => {
  expect(changed(['s b', 'm a', 's b', 's a'])).toEqual({
    links: [
      { id: 'pvpi_1', variant_id: 's', image_id: 'b' },
      { id: 'pvpi_2', variant_id: 'm', image_id: 'a' },
    ],
    deletedLinks: [],
    variants: [],
  })
  expect(changed([])).toEqual({ links: [], deletedLinks: [], variants: [] })
})

test('a variant whose thumbnail is an image that goes has none', () => {
  expect(changed([], ['s a'])).toEqual({
    links: [],
    deletedLinks: ['link s a'],
    variants: [{ id: 's', thumbnail: null }],
  })
  expect(changed([], ['s a', 's a']).variants).toEqual([{ id: 's', thumbnail: null }])
})

test('where an image was not linked nothing is deleted', () => {
  expect(changed([], ['m a', 's b'])).toEqual({ links: [], deletedLinks: [], variants: [] })
})

test('the product, its variants and its images must be there, also to be unlinked', () => {
  for (const [add, remove] of [[['s a', 'x a']], [[], ['x a']]] as const)
    expect(refusalOf(() => changed([...add], [...(remove ?? [])]))).toEqual(
      notFound('Product Variant with id: x was not found'),
    )
  expect(refusalOf(() => changed(['s x']))).toEqual(notFound('Product Image with id: x was not found'))
  expect(refusalOf(() => changed([], ['m x']))).toEqual(notFound('Product Image with id: x was not found'))
  const change = { product_id: 'prod_0', add: [], remove: [] }
  expect(refusalOf(() => changedVariantImages(undefined, change, countingIds()))).toEqual(
    notFound('Product with id: prod_0 was not found'),
  )
})
