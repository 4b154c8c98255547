import fc from 'fast-check'
import { moveCategories, removeCategories } from '../../../modules/product/rules/category-tree.ts'
import { refusalOf } from '../../support/refusal.ts'

type Place = Parameters<typeof moveCategories>[0][number]
type Move = Parameters<typeof moveCategories>[1][number]

/** `a.b 1` is the category b, below a, as the second. */
function place(text: string): Place {
  const [mpath, rank] = text.split(' ') as [string, string]
  const path = mpath.split('.')
  return { id: path.at(-1)!, parent_category_id: path.at(-2) ?? null, rank: Number(rank), mpath }
}
const textOf = ({ mpath, rank }: Place) => `${mpath} ${rank}`
const TREE = ['a 0', 'b 1', 'c 2', 'a.x 0', 'a.y 1', 'a.x.z 0']
const tree = TREE.map(place)
const changed = (...moves: Move[]) => moveCategories(tree, moves).map(textOf).toSorted()

test.each<[string, Move, string[]]>([
  ['a new one comes last', { id: 'n' }, ['n 3']],
  ['a new one comes last below its parent', { id: 'n', parent_category_id: 'a' }, ['a.n 2']],
  ['a new one at a rank moves the others on', { id: 'n', rank: 1 }, ['b 2', 'c 3', 'n 1']],
  ['a rank beyond the last is the last', { id: 'n', rank: 99 }, ['n 3']],
  ['another rank', { id: 'a', rank: 2 }, ['a 2', 'b 0', 'c 1']],
  ['the same rank', { id: 'b', rank: 1 }, []],
  ['the same parent, without a rank', { id: 'x', parent_category_id: 'a' }, []],
  ['another parent, last', { id: 'b', parent_category_id: 'a' }, ['a.b 2', 'c 1']],
  ['another parent, first', { id: 'c', parent_category_id: 'a', rank: 0 }, ['a.c 0', 'a.x 1', 'a.y 2']],
  ['to the top, with all below', { id: 'x', parent_category_id: null }, ['a.y 0', 'x 3', 'x.z 0']],
  [
    'with all below, one deeper',
    { id: 'a', parent_category_id: 'b' },
    [...['b 0', 'b.a 0', 'b.a.x 0', 'b.a.x.z 0', 'b.a.y 1', 'c 1']],
  ],
])('%s', (_, move, expected) => {
  expect(changed(move)).toEqual(expected.toSorted())
})

test('moves are made one after the other, so a parent may be made along', () => {
  expect(changed({ id: 'n' }, { id: 'm', parent_category_id: 'n' })).toEqual(['n 3', 'n.m 0'])
  expect(changed({ id: 'a', rank: 2 }, { id: 'a', rank: 0 })).toEqual([])
  expect(changed()).toEqual([])
})

test('a path that begins like another is not below it', () => {
  const places = ['a 0', 'ab 1', 'a.x 0', 'ab.y 0'].map(place)
  expect(
    moveCategories(places, [{ id: 'a', parent_category_id: 'ab' }])
      .map(textOf)
      .toSorted(),
  ).toEqual([...['ab 0', 'ab.a 1', 'ab.a.x 0']])
})

test('a parent that is not there is refused', () => {
  for (const move of [
    { id: 'n', parent_category_id: 'q' },
    { id: 'b', parent_category_id: 'q' },
  ])
    expect(refusalOf(() => changed(move))).toEqual({
      type: 'not_found',
      message: 'You tried to set relationship parent_category_id: q, but such entity does not exist',
    })
})

test.each(['a', 'x', 'z'])('a category does not come below itself: a below %s', (parent_category_id) => {
  expect(refusalOf(() => changed({ id: 'a', parent_category_id }))).toEqual({
    type: 'not_allowed',
    message: 'Product Category with id: a cannot be moved below itself',
  })
})

test('where categories go the others close up', () => {
  const left = (...ids: string[]) => removeCategories(tree, ids).map(textOf)
  expect(left('b')).toEqual(['c 1'])
  expect(left('z')).toEqual([])
  expect(left('x', 'z')).toEqual(['a.y 0'])
  expect(left('a', 'x', 'y', 'z')).toEqual(['b 0', 'c 1'])
  expect(left()).toEqual([])
})

test('a category is not left without its parent', () => {
  for (const ids of [['a'], ['x'], ['a', 'x', 'y']]) {
    const parent = ids.includes('x') ? 'x' : 'a'
    expect(refusalOf(() => removeCategories(tree, ids))).toEqual({
      type: 'not_allowed',
      message: `Product Category with id: ${parent} has category children and cannot be deleted`,
    })
  }
})

test('of equal ranks, as taking back may leave them, the older id comes first', () => {
  const places = ['b 0', 'a 0', 'c 0'].map(place)
  expect(moveCategories(places, [{ id: 'n' }]).map(textOf)).toEqual(['b 1', 'c 2', 'n 3'])
})

/** The same by lists of children, as a child would write it. */
class NaiveTree {
  readonly children = new Map<string | null, string[]>([[null, []]])

  parentOf(id: string): string | null | undefined {
    for (const [parent, ids] of this.children) if (ids.includes(id)) return parent
    return undefined
  }

  pathOf(id: string): string[] {
    const parent = this.parentOf(id)
    return parent ? [...this.pathOf(parent), id] : [id]
  }

  /** Whether it may be. */
  move({ id, parent_category_id, rank }: Move): boolean {
    const before = this.parentOf(id)
    const parent = parent_category_id === undefined ? (before ?? null) : parent_category_id
    if (parent !== null && (this.parentOf(parent) === undefined || this.pathOf(parent).includes(id))) return false
    const old = before === undefined ? undefined : this.children.get(before)!
    const at = rank ?? (before === parent ? old!.indexOf(id) : Number.POSITIVE_INFINITY)
    old?.splice(old.indexOf(id), 1)
    this.children.get(parent)!.splice(at, 0, id)
    if (!this.children.has(id)) this.children.set(id, [])
    return true
  }

  remove(ids: string[]): boolean {
    if (ids.some((id) => this.children.get(id)!.some((child) => !ids.includes(child)))) return false
    for (const [parent, all] of this.children)
      this.children.set(
        parent,
        all.filter((id) => !ids.includes(id)),
      )
    for (const id of ids) this.children.delete(id)
    return true
  }

  places(): string[] {
    return [...this.children.values()].flatMap((ids) => ids.map((id, rank) => `${this.pathOf(id).join('.')} ${rank}`))
  }
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ab')
const moves: fc.Arbitrary<Move> = fc.record(
  { id: ids, parent_category_id: fc.option(ids), rank: fc.nat(6) },
  { requiredKeys: ['id'] },
)

test('whatever is moved and removed, ranks have no gaps, paths no circles, and the answer is what changed', () => {
  const step = fc.oneof({ weight: 4, arbitrary: moves }, { weight: 1, arbitrary: fc.uniqueArray(ids) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const naive = new NaiveTree()
      let places: Place[] = []
      for (const one of steps) {
        const gone = Array.isArray(one) ? one.filter((id) => places.some((it) => it.id === id)) : []
        const decide = () => (Array.isArray(one) ? removeCategories(places, gone) : moveCategories(places, [one]))
        const isAllowed = Array.isArray(one) ? naive.remove(gone) : naive.move(one)
        if (!isAllowed) {
          expect(refusalOf(decide).type).toMatch(/^not_(found|allowed)$/)
          continue
        }
        const changes = decide()
        const before = new Set(places.map(textOf))
        expect(changes.filter((place) => before.has(textOf(place)))).toEqual([])
        const changedIds = new Set([...changes.map(({ id }) => id), ...gone])
        places = [...places.filter(({ id }) => !changedIds.has(id)), ...changes]
        expect(places.map(textOf).toSorted()).toEqual(naive.places().toSorted())
        for (const { id, parent_category_id } of places) expect(parent_category_id).toBe(naive.parentOf(id))
      }
    }),
  )
})
