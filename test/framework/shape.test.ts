import { pathsOf } from '../../framework/shape.ts'
import { shape } from '../support/shop/modules.ts'

test('a shape is the paths of its fields', () => {
  const asked = shape('product', {
    id: true,
    data: true,
    variants: [{ '*': true, product: { title: true } }],
    supplier: { name: true },
    depots: [{ city: true }],
  })
  expect(asked).toEqual({
    entity: 'product',
    fields: ['id', 'data', 'variants.*', 'variants.product.title', 'supplier.name', 'depots.city'],
  })
})

test('a shape that asks for nothing of a relation is a mistake', () => {
  expect(() => shape('product', { id: true, variants: [{}] })).toThrow('The shape of product.variants asks for nothing')
  expect(() => pathsOf('product', {})).toThrow('The shape of product asks for nothing')
})
