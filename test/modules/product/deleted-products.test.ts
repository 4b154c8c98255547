import { ownOptions } from '../../../modules/product/rules/deleted-products.ts'

const own = (id: string) => ({ id, is_exclusive: true })
const shared = (id: string) => ({ id, is_exclusive: false })

test('with products their own options go, each once; shared ones stay', () => {
  expect(ownOptions([])).toEqual([])
  expect(ownOptions([{ options: [] }])).toEqual([])
  expect(
    ownOptions([
      { options: [own('opt_2'), shared('opt_3'), own('opt_1')] },
      { options: [own('opt_2'), shared('opt_3')] },
    ]),
  ).toEqual(['opt_2', 'opt_1'])
})
