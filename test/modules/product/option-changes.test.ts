import {
  changedOptions,
  changedOptionValues,
  deletedOptions,
  deletedOptionValues,
  newOptionRows,
} from '../../../modules/product/rules/option-changes.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const nothing = {
  options: [],
  values: [],
  changedOptions: [],
  changedValues: [],
  deletedOptions: [],
  deletedValues: [],
}
const size = {
  id: 'opt_size',
  products: [{ id: 'prod_1' }],
  values: [
    { id: 'small', value: 'S', rank: 0 },
    { id: 'medium', value: 'M', rank: null },
  ],
}
const colour = {
  id: 'opt_colour',
  products: [{ id: 'prod_1' }, { id: 'prod_2' }],
  values: [{ id: 'red', value: 'Red', rank: null }],
}
const facts = (...used: string[]) => ({ options: [size, colour], used: new Set(used) })
const changed = (change: Omit<Parameters<typeof changedOptions>[1][number], 'id'>, used: string[] = []) =>
  changedOptions(facts(...used), [{ id: 'opt_size', ...change }], countingIds())

const noOption = { type: 'not_found', message: 'ProductOption with id "opt_0" not found' }
const noValue = (id: string) => ({ type: 'not_found', message: `Product Option Value with id: ${id} was not found` })
const inUse = (id: string) => ({
  type: 'not_allowed',
  message: `Product Option Value with id: ${id} cannot be deleted: there are variants that have it`,
})

test('new options have each value once, with the rank that is said', () => {
  const given = [
    { title: 'Fit', values: ['slim', 'wide', 'slim'], ranks: { wide: 0 }, is_exclusive: false },
    { title: 'Cut', values: [] },
  ]
  expect(newOptionRows(given, countingIds())).toEqual({
    ...nothing,
    options: [
      { id: 'opt_1', title: 'Fit', is_exclusive: false },
      { id: 'opt_2', title: 'Cut' },
    ],
    values: [
      { id: 'optval_1', value: 'slim', rank: null, option_id: 'opt_1' },
      { id: 'optval_2', value: 'wide', rank: 0, option_id: 'opt_1' },
    ],
  })
  expect(newOptionRows([], countingIds())).toEqual(nothing)
})

test('without values an option keeps those that it has', () => {
  expect(changed({ title: 'Measure', metadata: null })).toEqual({
    ...nothing,
    changedOptions: [{ id: 'opt_size', title: 'Measure', metadata: null }],
  })
})

test('values are all that an option is to have: they stay, are new, or go', () => {
  expect(changed({ values: ['L', 'M', 'L'], ranks: { L: 3 } })).toEqual({
    ...nothing,
    changedOptions: [{ id: 'opt_size' }],
    values: [{ id: 'optval_1', value: 'L', rank: 3, option_id: 'opt_size' }],
    deletedValues: ['small'],
  })
  expect(changed({ values: ['S', 'M', 'L'] })).toMatchObject({ values: [{ value: 'L' }], deletedValues: [] })
  expect(changed({ values: [] }).deletedValues).toEqual(['small', 'medium'])
})

test('a rank is written where it is another; one of a value that the option has not says nothing', () => {
  expect(changed({ ranks: { S: 1, M: 0, XL: 5 } }).changedValues).toEqual([
    { id: 'small', rank: 1 },
    { id: 'medium', rank: 0 },
  ])
  expect(changed({ ranks: { S: 0 } }).changedValues).toEqual([])
  expect(changed({ values: ['S'], ranks: { S: 2, M: 3 } }).changedValues).toEqual([{ id: 'small', rank: 2 }])
})

test('a value that variants have does not go, by whichever way', () => {
  expect(refusalOf(() => changed({ values: ['S'] }, ['medium']))).toEqual(inUse('medium'))
  expect(changed({ values: ['S'] }, ['small']).deletedValues).toEqual(['medium'])
  expect(refusalOf(() => deletedOptions(facts('red'), ['opt_size', 'opt_colour']))).toEqual(inUse('red'))
  const given = { option_id: 'opt_size', ids: ['small', 'medium'] }
  expect(refusalOf(() => deletedOptionValues(facts('medium'), given))).toEqual(inUse('medium'))
})

test('an option of several products does not become the own of one', () => {
  const change = (id: string, is_exclusive: boolean) => changedOptions(facts(), [{ id, is_exclusive }], countingIds())
  expect(refusalOf(() => change('opt_colour', true))).toEqual({
    type: 'not_allowed',
    message: 'Product Option with id: opt_colour is used by several products',
  })
  expect(change('opt_colour', false).changedOptions).toEqual([{ id: 'opt_colour', is_exclusive: false }])
  expect(change('opt_size', true).changedOptions).toEqual([{ id: 'opt_size', is_exclusive: true }])
})

test('options and values go where no variant has them', () => {
  expect(deletedOptions(facts(), ['opt_colour', 'opt_size'])).toEqual({
    ...nothing,
    deletedOptions: ['opt_colour', 'opt_size'],
  })
  expect(deletedOptionValues(facts('small'), { option_id: 'opt_size', ids: ['medium'] })).toEqual({
    ...nothing,
    deletedValues: ['medium'],
  })
})

test('values are changed by their ids', () => {
  const change = { option_id: 'opt_size', id: 'small', value: 'XS', metadata: { a: 1 } }
  expect(changedOptionValues(facts('small'), [change])).toEqual({
    ...nothing,
    changedValues: [{ id: 'small', value: 'XS', metadata: { a: 1 } }],
  })
})

test('what is not there, or is of another option, is refused', () => {
  expect(refusalOf(() => changedOptions(facts(), [{ id: 'opt_0' }], countingIds()))).toEqual(noOption)
  expect(refusalOf(() => deletedOptions(facts(), ['opt_size', 'opt_0']))).toEqual(noOption)
  expect(refusalOf(() => changedOptionValues(facts(), [{ option_id: 'opt_0', id: 'red', value: 'x' }]))).toEqual(
    noOption,
  )
  expect(refusalOf(() => changedOptionValues(facts(), [{ option_id: 'opt_size', id: 'red', value: 'x' }]))).toEqual(
    noValue('red'),
  )
  expect(refusalOf(() => deletedOptionValues(facts('red'), { option_id: 'opt_size', ids: ['small', 'red'] }))).toEqual(
    noValue('red'),
  )
})
