import { optionSteps } from '../../../modules/product/rules/option-steps.ts'
import { refusalOf } from '../../support/refusal.ts'

const value = (id: string) => ({ id, value: id.toUpperCase() })
const option = (title: string, is_exclusive: boolean, ...values: string[]) => ({
  id: `opt ${title}`,
  title,
  is_exclusive,
  products: [{ id: 'prod_1' }],
  values: values.map(value),
})
const uses = (title: string, ...values: string[]) => ({
  id: `prodopt ${title}`,
  product_option_id: `opt ${title}`,
  value_links: values.map((id) => ({ id: `prodoptval ${id}`, product_option_value_id: id })),
})
/** Size is its own, of Colour it uses a part; Fit is not one of its options. */
const known = [
  option('Size', true, 's', 'm', 'l'),
  option('Colour', false, 'red', 'blue', 'green'),
  option('Fit', false, 'slim'),
]
const product = { id: 'prod_1', product_options: [uses('Size', 's', 'm'), uses('Colour', 'red', 'blue')] }
const none = { product_id: 'prod_1', add: [], remove: [], update: [] }
const both = [{ title: 'Size' }, { id: 'opt Colour' }]
const steps = (...given: Parameters<typeof optionSteps>[2]) => optionSteps(product, known, given)

test('options that a product has, by title or by id, stay as they are where no values are given', () => {
  expect(steps(...both)).toEqual({ before: none, after: none })
})

test('options that are not given go, after the variants are changed', () => {
  expect(steps()).toEqual({ before: none, after: { ...none, remove: ['opt Size', 'opt Colour'] } })
  expect(steps({ title: 'Size' })).toEqual({ before: none, after: { ...none, remove: ['opt Colour'] } })
})

test('what variants may need comes before they are changed', () => {
  const { before, after } = steps(...both, { id: 'opt Fit' }, { title: 'Cut', values: ['wide'] }, { title: 'Bare' })
  expect(before).toEqual({
    ...none,
    add: ['opt Fit', { title: 'Cut', values: ['wide'] }, { title: 'Bare', values: [] }],
  })
  expect(after).toEqual(none)
  expect(steps(...both, { id: 'opt Fit', values: ['SLIM', 'WIDE'] }).before.add).toEqual([
    { id: 'opt Fit', value_ids: [{ value: 'SLIM' }, { value: 'WIDE' }] },
  ])
})

test('of a shared option values are added before, and those that the product uses no longer go after', () => {
  expect(steps({ title: 'Size' }, { id: 'opt Colour', values: ['BLUE', 'GREEN', 'PINK'] })).toEqual({
    before: {
      ...none,
      update: [{ product_option_id: 'opt Colour', add: [{ value: 'GREEN' }, { value: 'PINK' }], remove: [] }],
    },
    after: { ...none, update: [{ product_option_id: 'opt Colour', add: [], remove: ['red'] }] },
  })
  expect(steps({ title: 'Size' }, { id: 'opt Colour', values: ['BLUE', 'RED'] })).toEqual({ before: none, after: none })
  expect(steps({ title: 'Size' }, { title: 'Colour', values: ['BLUE', 'RED', 'PINK'] }).before.update).toEqual([
    { product_option_id: 'opt Colour', add: [{ value: 'PINK' }], remove: [] },
  ])
})

test('of an option of its own all other values go, also those that the product was not given', () => {
  const { before, after } = steps({ title: 'Size', values: ['S'] }, { title: 'Colour' })
  expect(before).toEqual(none)
  expect(after.update).toEqual([{ product_option_id: 'opt Size', add: [], remove: ['m', 'l'] }])
})

test('no values are none at all', () => {
  const { after } = steps({ title: 'Size' }, { title: 'Colour', values: [] })
  expect(after.update).toEqual([{ product_option_id: 'opt Colour', add: [], remove: ['red', 'blue'] }])
})

test('what has neither id nor title is a new option that is called nothing', () => {
  expect(steps(...both, {}).before.add).toEqual([{ title: '', values: [] }])
})

test('an id counts more than a title', () => {
  const { before, after } = steps({ id: 'opt Fit', title: 'Size' }, { title: 'Colour' })
  expect(before.add).toEqual(['opt Fit'])
  expect(after.remove).toEqual(['opt Size'])
})

test('a title that is given twice is refused, new or not; an id may be there again', () => {
  const refusal = (title: string) => ({
    type: 'invalid_data',
    message: `Product option with title: ${title} is given twice`,
  })
  expect(refusalOf(() => steps(...both, { title: 'Cut' }, { title: 'Cut', values: ['wide'] }))).toEqual(refusal('Cut'))
  expect(refusalOf(() => steps({ title: 'Size', values: ['S'] }, { title: 'Size', values: ['M'] }))).toEqual(
    refusal('Size'),
  )
  expect(steps(...both, { id: 'opt Fit', title: 'Size' }).before.add).toEqual(['opt Fit'])
  expect(steps(...both, { id: 'opt Colour' })).toEqual({ before: none, after: none })
})
