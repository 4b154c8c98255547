import { changedProduct, deletedVariants, mergeRows } from '../../../modules/product/rules/changed-products.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const value = (id: string) => ({ id, value: id.toUpperCase() })
const option = (title: string, is_exclusive: boolean, ...values: string[]) => {
  return { id: `opt ${title}`, title, is_exclusive, products: [], values: values.map(value) }
}
const uses = (title: string, ...values: string[]) => ({
  id: `prodopt ${title}`,
  product_option_id: `opt ${title}`,
  value_links: values.map((id) => ({ id: `link ${id}`, product_option_value_id: id })),
})
/** Size is its own; of the shared Colour it uses red and blue. */
const known = [option('Size', true, 's', 'm', 'l'), option('Colour', false, 'red', 'blue', 'green')]
const has = (...values: string[]) => values.map((id) => ({ id }))
const shirt = (more = {}) => ({
  id: 'prod_1',
  title: 'Shirt',
  product_options: [uses('Size', 's'), uses('Colour', 'red', 'blue')],
  variants: [
    { id: 'small', title: 'Small', options: has('s', 'red') },
    { id: 'medium', title: 'Medium', options: has('m', 'red') },
  ],
  images: [{ id: 'img_a' }, { id: 'img_b' }],
  ...more,
})
type Change = Omit<Parameters<typeof changedProduct>[2], 'id'>
const changed = (change: Change, product = shirt()) =>
  changedProduct(product, known, { id: 'prod_1', ...change }, countingIds())
/** Variant → ids of the values that are written for it. */
const valuesOf = (rows: ReturnType<typeof changed>) =>
  rows.variant_options.map(({ variant_id, option_value_id }) => `${variant_id} ${option_value_id}`)
const invalid = (message: string) => ({ type: 'invalid_data', message })

const nothing = {
  ...{ products: [], variants: [], variant_options: [], changedVariants: [], deletedVariants: [], revalued: [] },
  ...{ images: [], changedImages: [], deletedImages: [], tags: [], categories: [], retagged: [], recategorised: [] },
}

describe('the product itself', () => {
  test('is written where something about it is given, also null', () => {
    expect(changed({ subtitle: null, title: 'Vest' })).toEqual({
      ...nothing,
      products: [{ id: 'prod_1', subtitle: null, title: 'Vest' }],
    })
    expect(changed({})).toEqual(nothing)
    expect(changed({ title: undefined } as Change)).toEqual(nothing)
  })

  test.each<Change>([{ images: [] }, { tags: [] }, { categories: [] }, { variants: [] }])(
    'is touched by a change of %j',
    (change) => {
      expect(changed(change).products).toEqual([{ id: 'prod_1' }])
    },
  )

  test('has the handle that is given, or one from its title as it will be', () => {
    const handle = (change: Change) => changed(change).products[0]!.handle
    expect(handle({ handle: 'vest' })).toBe('vest')
    expect(handle({ handle: '' })).toBe('shirt')
    expect(handle({ handle: '', title: 'New Vest' })).toBe('new-vest')
    expect(refusalOf(() => handle({ handle: 'A b' }))).toEqual(
      invalid("Invalid product handle 'A b'. It must contain URL safe characters"),
    )
  })

  test('has the tags and categories that are given and no others; none are given by an empty list', () => {
    const rows = changed({ tags: [{ id: 'ptag_1' }, { id: 'ptag_1' }], categories: [] })
    expect(rows.tags).toEqual([{ id: 'prodtag_1', product_id: 'prod_1', product_tag_id: 'ptag_1' }])
    expect([rows.retagged, rows.categories, rows.recategorised]).toEqual([['prod_1'], [], ['prod_1']])
    expect(changed({ categories: [{ id: 'pcat_1' }] })).toMatchObject({
      categories: [{ product_id: 'prod_1', product_category_id: 'pcat_1' }],
      ...{ recategorised: ['prod_1'], retagged: [] },
    })
  })
})

test('the options are needed only where variants change', () => {
  const rows = changedProduct(shirt(), [], { id: 'prod_1', title: 'Vest' }, countingIds())
  expect(rows).toEqual({ ...nothing, products: [{ id: 'prod_1', title: 'Vest' }] })
})

describe('images', () => {
  test('are those that are given, ranked in their order', () => {
    const rows = changed({
      images: [{ url: 'new.png' }, { id: 'img_b', url: 'b2.png' }, { id: 'img_other', url: 'o.png' }],
    })
    expect(rows.images).toEqual([
      { id: 'img_1', url: 'new.png', rank: 0, product_id: 'prod_1' },
      { id: 'img_2', url: 'o.png', rank: 2, product_id: 'prod_1' }, // one of another product is copied
    ])
    expect(rows.changedImages).toEqual([{ id: 'img_b', url: 'b2.png', rank: 1 }])
    expect(rows.deletedImages).toEqual(['img_a'])
  })

  test('go where the list is empty', () => {
    expect(changed({ images: [] }).deletedImages).toEqual(['img_a', 'img_b'])
  })
})

describe('variants', () => {
  test('of a list are all that the product is to have', () => {
    const rows = changed({
      variants: [
        { id: 'medium', title: 'M' },
        { title: 'Large', options: { Size: 'L', Colour: 'BLUE' } },
      ],
    })
    expect(rows.changedVariants).toEqual([{ id: 'medium', title: 'M' }])
    expect(rows.variants).toEqual([{ id: 'variant_1', product_id: 'prod_1', title: 'Large', variant_rank: 1 }])
    expect(valuesOf(rows)).toEqual(['variant_1 l', 'variant_1 blue'])
    expect([rows.deletedVariants, rows.revalued]).toEqual([['small'], []])
    expect(changed({ variants: [] }).deletedVariants).toEqual(['small', 'medium'])
  })

  test('of a change are what is different', () => {
    const large = { title: 'Large', options: { Size: 'L', Colour: 'RED' } }
    const rows = changed({ variants: { create: [large], update: [{ id: 'small', weight: 3 }], delete: ['medium'] } })
    expect([rows.changedVariants, rows.deletedVariants]).toEqual([[{ id: 'small', weight: 3 }], ['medium']])
    expect(rows.variants).toMatchObject([{ title: 'Large', variant_rank: 1 }])
    expect(changed({ variants: { create: [], update: [], delete: [] } })).toEqual({
      ...nothing,
      products: [{ id: 'prod_1' }],
    })
  })

  test('keep the values that are not given', () => {
    const rows = changed({
      variants: { create: [], update: [{ id: 'small', options: { Colour: 'BLUE' } }], delete: [] },
    })
    expect(rows.revalued).toEqual(['small'])
    expect(valuesOf(rows)).toEqual(['small s', 'small blue'])
    expect(rows.changedVariants).toEqual([{ id: 'small' }])
  })

  test('may have a combination that another gives up in the same change', () => {
    const update = [
      { id: 'small', options: { Size: 'M' } },
      { id: 'medium', options: { Size: 'S' } },
    ]
    expect(valuesOf(changed({ variants: { create: [], update, delete: [] } }))).toEqual([
      ...['small m', 'small red', 'medium s', 'medium red'],
    ])
    const again = { title: 'Again', options: { Size: 'S', Colour: 'RED' } }
    expect(valuesOf(changed({ variants: { create: [again], update: [], delete: ['small'] } }))).toEqual([
      ...['variant_1 s', 'variant_1 red'],
    ])
  })

  test('that are changed twice have what the later change says, and one value of each option', () => {
    const update = [
      { id: 'small', title: 'S', weight: 1, options: { Size: 'M' } },
      { id: 'small', weight: 2, options: { Size: 'L' } },
    ]
    const list = [...update, { id: 'medium' }]
    for (const variants of [{ create: [], update, delete: [] }, list]) {
      const rows = changed({ variants })
      expect(valuesOf(rows)).toEqual(['small l', 'small red'])
      expect(rows.revalued).toEqual(['small'])
      expect(rows.changedVariants[0]).toEqual({ id: 'small', title: 'S', weight: 2 })
    }
  })

  test('of a product without options may be alike', () => {
    const bare = shirt({
      product_options: [],
      variants: ['one', 'two'].map((id) => ({ id, title: id, options: [] })),
    })
    const rows = changed(
      { variants: [{ id: 'one', options: {} }, { id: 'two', options: {} }, { title: 'Three' }] },
      bare,
    )
    expect(rows.variant_options).toEqual([])
    expect(rows.variants).toMatchObject([{ title: 'Three', variant_rank: 2 }])
  })

  test('do not have the combination of another', () => {
    const taken = (title: string, values: string) =>
      invalid(`Variant "${title}" has the same combination of option values as another: ${values}`)
    const update = (change: object) => () =>
      changed({ variants: { create: [], update: [{ id: 'small', ...change }], delete: [] } })
    expect(refusalOf(update({ options: { Size: 'M' } }))).toEqual(taken('small', 'Size: M'))
    expect(refusalOf(update({ title: 'Not so small', options: { Size: 'M' } }))).toEqual(
      taken('Not so small', 'Size: M'),
    )
    const again = { title: 'Again', options: { Size: 'M', Colour: 'RED' } }
    expect(refusalOf(() => changed({ variants: [{ id: 'medium' }, again] }))).toEqual(
      taken('Again', 'Size: M, Colour: RED'),
    )
    const added = { title: 'Again', options: { Size: 'L', Colour: 'RED' } }
    expect(refusalOf(() => changed({ variants: [{ id: 'medium', options: { Size: 'L' } }, added] }))).toEqual(
      taken('Again', 'Size: L, Colour: RED'),
    )
  })

  test('have values that the product uses: all of its own option, some of a shared one', () => {
    const added = (Size: string, Colour: string) => () =>
      changed({ variants: [{ id: 'small' }, { title: 'x', options: { Size, Colour } }] })
    expect(valuesOf(added('L', 'BLUE')())).toEqual(['variant_1 l', 'variant_1 blue'])
    const unused = invalid('Option value GREEN does not exist for option Colour')
    expect(refusalOf(added('L', 'GREEN'))).toEqual(unused)
    const update = [{ id: 'small', options: { Colour: 'GREEN' } }]
    expect(refusalOf(() => changed({ variants: update }))).toEqual(unused)
  })

  test('that lack a value of an option are refused, named by what they are called afterwards', () => {
    const incomplete = shirt({ variants: [{ id: 'small', title: 'Small', options: has('s') }] })
    const missing = (title: string) =>
      invalid(`Product "Shirt" has variants with missing options: [Colour] (variant "${title}")`)
    const options = { Size: 'M' }
    expect(refusalOf(() => changed({ variants: [{ id: 'small', options }] }, incomplete))).toEqual(missing('Small'))
    expect(refusalOf(() => changed({ variants: [{ id: 'small', title: 'S', options }] }, incomplete))).toEqual(
      missing('S'),
    )
  })

  test('that are new in a list have a title', () => {
    expect(refusalOf(() => changed({ variants: [{ id: 'small' }, { options: {} }] }))).toEqual(
      invalid("Invalid request: Field 'variants, 1, title' is required"),
    )
  })

  test('that are not the product’s are refused, and those that are both changed and deleted', () => {
    const unknown = { type: 'not_found', message: 'ProductVariant with id "large" not found' }
    const change = (update: { id: string }[], ids: string[]) => () =>
      changed({ variants: { create: [], update, delete: ids } })
    expect(refusalOf(() => changed({ variants: [{ id: 'large' }] }))).toEqual(unknown)
    expect(refusalOf(change([{ id: 'large' }], []))).toEqual(unknown)
    expect(refusalOf(change([], ['small', 'large']))).toEqual(unknown)
    expect(refusalOf(change([{ id: 'medium' }, { id: 'small' }], ['small']))).toEqual(
      invalid('Product Variant with id: small cannot be both updated and deleted'),
    )
  })

  test('that a change deletes are known before it is made', () => {
    expect(deletedVariants(shirt(), undefined)).toEqual([])
    expect(deletedVariants(shirt(), [{ id: 'small' }, { title: 'New' }])).toEqual(['medium'])
    expect(deletedVariants(shirt(), { create: [], update: [], delete: ['small'] })).toEqual(['small'])
  })
})

test('the rows of several products are written as one, in their order', () => {
  const parts = [changed({ title: 'A', tags: [{ id: 'ptag_1' }] }), changed({ variants: [] }), changed({ images: [] })]
  const all = mergeRows(parts)
  expect(all).toEqual({
    ...nothing,
    products: [{ id: 'prod_1', title: 'A' }, { id: 'prod_1' }, { id: 'prod_1' }],
    tags: parts[0]!.tags,
    retagged: ['prod_1'],
    deletedVariants: ['small', 'medium'],
    deletedImages: ['img_a', 'img_b'],
  })
  expect(mergeRows([])).toEqual(nothing)
  const names = Object.keys(nothing) as (keyof typeof all)[]
  const marked = (mark: string) => Object.fromEntries(names.map((name) => [name, [`${mark} ${name}`]]))
  const rows = mergeRows([marked('one'), marked('two')] as unknown as Parameters<typeof mergeRows>[0])
  for (const name of names) expect(rows[name]).toEqual([`one ${name}`, `two ${name}`])
})
