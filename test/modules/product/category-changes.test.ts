import {
  changedCategories,
  deletedCategories,
  isMove,
  newCategories,
} from '../../../modules/product/rules/category-changes.ts'
import { refusalOf } from '../../support/refusal.ts'

const places = [
  { id: 'a', parent_category_id: null, rank: 0, mpath: 'a' },
  { id: 'b', parent_category_id: null, rank: 1, mpath: 'b' },
]
const category = (id: string, more = {}) => ({ id, name: `Category ${id}`, handle: id, ...more })

test('new categories are written with their places, and those that they move on are changed', () => {
  expect(newCategories(places, [category('n', { rank: 1 }), category('m', { parent_category_id: 'n' })])).toEqual({
    created: [
      { ...category('n'), parent_category_id: null, rank: 1, mpath: 'n' },
      { ...category('m'), parent_category_id: 'n', rank: 0, mpath: 'n.m' },
    ],
    updated: [{ id: 'b', parent_category_id: null, rank: 2, mpath: 'b' }],
    deleted: [],
  })
  expect(newCategories(places, [])).toEqual({ created: [], updated: [], deleted: [] })
})

test('of a change that is no move only the fields are written', () => {
  expect(changedCategories(places, [{ id: 'b', name: 'B', metadata: null }])).toEqual({
    created: [],
    updated: [{ id: 'b', name: 'B', metadata: null }],
    deleted: [],
  })
})

test('a move is written with the fields that come along, and those that it moves after them', () => {
  expect(changedCategories(places, [{ id: 'b', name: 'B', rank: 0 }]).updated).toEqual([
    { id: 'b', name: 'B', parent_category_id: null, rank: 0, mpath: 'b' },
    { id: 'a', parent_category_id: null, rank: 1, mpath: 'a' },
  ])
  expect(changedCategories(places, [{ id: 'b', parent_category_id: 'a' }]).updated).toEqual([
    { id: 'b', parent_category_id: 'a', rank: 0, mpath: 'a.b' },
  ])
})

test('a move to where a category stands already writes no place; one that another move moves is written once', () => {
  expect(changedCategories(places, [{ id: 'a', rank: 0, name: 'A' }]).updated).toEqual([{ id: 'a', name: 'A' }])
  expect(
    changedCategories(places, [
      { id: 'b', rank: 0 },
      { id: 'a', name: 'A' },
    ]).updated,
  ).toEqual([
    { id: 'b', parent_category_id: null, rank: 0, mpath: 'b' },
    { id: 'a', name: 'A', parent_category_id: null, rank: 1, mpath: 'a' },
  ])
})

test('categories that are deleted leave no gap', () => {
  expect(deletedCategories(places, ['a'])).toEqual({
    created: [],
    updated: [{ id: 'b', parent_category_id: null, rank: 0, mpath: 'b' }],
    deleted: ['a'],
  })
  const below = { id: 'x', parent_category_id: 'a', rank: 0, mpath: 'a.x' }
  expect(refusalOf(() => deletedCategories([...places, below], ['a'])).type).toBe('not_allowed')
})

test.each([
  [{ parent_category_id: null }, true],
  [{ parent_category_id: 'b' }, true],
  [{ rank: 0 }, true],
  [{ parent_category_id: undefined, rank: undefined }, false],
  [{}, false],
])('whether %j is a move: %p', (given, expected) => {
  expect(isMove({ id: 'a', ...given })).toBe(expected)
})
