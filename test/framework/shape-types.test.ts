/** Mistakes in shapes, planted: the compiler finds each of them, and nothing else. */
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const directory = join(root, '.turri', `shape-types-${process.pid}`)

const PROLOGUE = `
import type { EntitiesOf, RawNumber } from '../../framework/entity-types.ts'
import type { QuerySteps } from '../../framework/activities/query-step.ts'
import type { Query } from '../../framework/query.ts'
import { type ShapeOf, shapesOf } from '../../framework/shape.ts'
import type { note } from '../../examples/first-module/modules/note/index.ts'
import { type CoreEntities, shape } from '../../query/shape.ts'
import { defineLink } from '../../framework/link/define-link.ts'

const noteProduct = defineLink({
  name: 'note_product', prefix: 'nprod', left: { entity: 'note', many: true }, right: { entity: 'product' },
})
const ours = shapesOf<CoreEntities & EntitiesOf<[typeof note], [typeof noteProduct]>>()
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>) => {}
declare const query: Query
declare const read: QuerySteps

const Product = shape('product', { id: true, status: true, variants: [{ id: true, sku: true }], type: { value: true } })
type Product = ShapeOf<typeof Product>
`

const RIGHT = `
same<Product['status'], 'draft' | 'proposed' | 'published' | 'rejected'>(true)
same<Product['variants'], { id: string; sku: string | null }[]>(true)
same<Product['type'], { value: string } | null>(true)

const Priced = shape('product_variant', { price_set: { prices: [{ amount: true, raw_amount: true, max_quantity: true }] } })
type Price = NonNullable<ShapeOf<typeof Priced>['price_set']>['prices'][number]
same<Price['amount'], number>(true)
same<Price['raw_amount'], RawNumber>(true)
same<Price['max_quantity'], number | null>(true)

const Stocked = shape('product_variant', { inventory_items: [{ required_quantity: true }], inventory: [{ stocked_quantity: true }] })
same<ShapeOf<typeof Stocked>, { inventory_items: { required_quantity: number }[]; inventory: { stocked_quantity: number }[] }>(true)

const Whole = shape('currency', { '*': true })
same<keyof ShapeOf<typeof Whole> & ('id' | 'code' | 'raw_rounding'), 'code' | 'raw_rounding'>(true)
same<ShapeOf<typeof Whole>['rounding'], number>(true)

shape('brand', { cms_page: { handle: true }, collections_link: [{ rank: true, collection: { title: true } }] })
shape('product_variant_price_set', { variant_id: true, variant: { id: true }, price_set: { id: true } })

const Noted = ours('product', { id: true, note_product_link: [{ note: { title: true } }], sales_channels: [{ name: true }] })
same<ShapeOf<typeof Noted>['note_product_link'], { note: { title: string } | null }[]>(true)
ours('note', { note_product_link: { product: { title: true } } })

export const found: Promise<Product[]> = query.find(Product, { id: ['prod_1'] })
export const asked: Promise<Product[]> = read.query(Product, { id: ['prod_1'] })
export const page: Promise<{ rows: Product[]; count: number }> = query.list(Product, { limit: 1 })
export const several: Promise<{ products: Product[] }> = read.queries({ products: { shape: Product, limit: 1 } })
`

/** A line each, with a mistake in it. */
const WRONG = `
shape('prodcut', { id: true })
shape('product', { imgaes: [{ id: true }] })
shape('product', { images: [{ ulr: true }] })
shape('product', { titel: true })
shape('product', { images: { id: true } })
shape('product', { type: [{ id: true }] })
shape('product', { title: { id: true } })
shape('product', { variants: true })
shape('product', { sales_channel: [{ id: true }] })
shape('product', { sales_channels: [{ nmae: true }] })
shape('brand', { cms_page: { tilte: true } })
shape('product_variant', { price_set: { prices: [{ amonut: true }] } })
shape('inventory_item', { stocked_quantities: true })
shape('currency', { id: true })
shape('inventory_level', { backorder_quantity: true })
shape('provider_identity', { provider_metadata: true })
shape('note', { id: true })
ours('note', { note_product_link: { prodct: { title: true } } })
export const wrongType: Promise<{ id: number }[]> = query.find(Product)
export const tooMuch: Promise<{ id: string; title: string }[]> = read.query(Product, {})
`

afterAll(() => rm(directory, { recursive: true, force: true }))

/** The numbers of the lines that do not compile. */
async function wrongLines(source: string): Promise<number[]> {
  await mkdir(directory, { recursive: true })
  const config = { extends: '../../tsconfig.json', files: ['planted.ts'], include: [] }
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config))
  await writeFile(join(directory, 'planted.ts'), source)
  const output = await new Promise<string>((resolve) => {
    const arguments_ = [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory, '--pretty', 'false']
    execFile(process.execPath, arguments_, { cwd: root }, (_, stdout) => resolve(stdout))
  })
  const errors = output.split('\n').filter((line) => /error TS/.test(line))
  const places = errors.map((line) => /planted\.ts\((\d+),/.exec(line)?.[1])
  expect(errors.filter((_, i) => !places[i])).toEqual([])
  return [...new Set(places.map(Number))]
}

const linesOf = (source: string) => source.split('\n')

test('what is right compiles, and each planted mistake does not', async () => {
  const all = [...linesOf(PROLOGUE), ...linesOf(RIGHT), ...linesOf(WRONG)]
  const firstWrong = linesOf(PROLOGUE).length + linesOf(RIGHT).length
  const wrong = all.flatMap((line, i) => (i >= firstWrong && line !== '' ? [line] : []))
  const found = await wrongLines(all.join('\n'))
  expect(found.map((line) => all[line - 1])).toEqual(wrong)
}, 120_000)
