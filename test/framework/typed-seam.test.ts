/** Copies of our routes with one mistake each: the compiler refuses every one of them, and names the field. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const directory = join(root, '.turri', `typed-seam-${process.pid}`)

interface Plant {
  mistake: string
  /** A file of `api/admin`, or `plain`. */
  route: string
  /** Each is in the route once. */
  change: [from: string, to: string][]
  /** What the compiler says. */
  names: RegExp
}

/** What `resource` is made of, declared by itself. */
const plain = `
import { createRouter, z } from '../../../framework/http/router.ts'
import { creates, updates } from '../../../framework/http/routes.ts'
import { createBrands } from '../../../workflows/brand/brands.ts'
import { updateBrands } from '../../../workflows/brand/brands.ts'

const brand = { entity: 'brand', one: 'brand', many: 'brands', fields: { defaults: ['id'] } }
const router = createRouter()
const body = z.strictObject({ name: z.string(), website: z.string().nullish() })
creates(router, brand, { path: '/admin/brands', body, workflow: createBrands })
updates(router, brand, { path: '/admin/brands/{id}', body: body.pick({ website: true }), workflow: updateBrands })
`

const plants: Plant[] = [
  {
    mistake: 'a required field has another name',
    route: 'brand/brands',
    change: [
      ['name: z.string()', 'nmae: z.string()'],
      ['required({ name: true })', 'required({ nmae: true })'],
    ],
    names: /body_does_not_fit: "nmae" \| "name"|body_does_not_fit: "name" \| "nmae"/,
  },
  {
    mistake: 'an optional field has another name',
    route: 'brand/brands',
    change: [['description: z.string()', 'descriptoin: z.string()']],
    names: /body_does_not_fit: "descriptoin"/,
  },
  {
    mistake: 'a field of the one shape for both bodies has another name',
    route: 'product/product-tags',
    change: [['value: z.string()', 'valeu: z.string()']],
    names: /body_does_not_fit: "(value" \| ")?valeu"/,
  },
  {
    mistake: 'a field is of another type',
    route: 'tax/tax-rates',
    change: [['rate: z.number()', 'rate: z.string()']],
    names: /body_does_not_fit: "rate"/,
  },
  {
    mistake: 'a field within a field has another name',
    route: 'stock-location/stock-locations',
    change: [['address_2: text()', 'adress_2: text()']],
    names: /body_does_not_fit: "address\.adress_2"/,
  },
  {
    mistake: 'the workflow takes no additional data',
    route: 'product/product-tags',
    change: [['body: {', 'body: { additional_data: metadata(),']],
    names: /body_does_not_fit: "additional_data"/,
  },
  {
    mistake: 'create and update are swapped',
    route: 'product/products',
    change: [['create: createProducts, update: updateProducts', 'create: updateProducts, update: createProducts']],
    names: /body_does_not_fit: .*"id"/,
  },
  {
    mistake: 'the workflow that creates answers with no rows',
    route: 'brand/brands',
    change: [['create: createBrands,', 'create: syncBrandsToCms,']],
    names: /SyncBrandsToCmsResult/,
  },
  {
    mistake: 'the workflow that deletes takes something else',
    route: 'brand/brands',
    change: [['delete: deleteBrands', 'delete: createBrands']],
    names: /Property 'brands' is missing in type '{ ids: string\[\]; }'/,
  },
  {
    mistake: 'a part is deleted without what it is a part of',
    route: 'tax/tax-rates',
    change: [["parent: { representation, idParam: 'id' },", '']],
    names: /'parentId' is missing|'parent' is missing/,
  },
  {
    mistake: 'creates takes a body that lacks a field',
    route: 'plain',
    change: [['body, workflow: createBrands', 'body: body.omit({ name: true }), workflow: createBrands']],
    names: /body_does_not_fit: "name"/,
  },
  {
    mistake: 'updates takes a body with a field too many',
    route: 'plain',
    change: [['body: body.pick({ website: true })', 'body: body.extend({ websiet: z.string() })']],
    names: /body_does_not_fit: "websiet"/,
  },
  {
    mistake: 'the body of another change has an optional field of another name',
    route: 'product/product-options',
    change: [['{ value: z.string()', '{ valeu: z.string()']],
    names: /input_does_not_fit: "product_option_values\.valeu"/,
  },
  {
    mistake: 'the body of another change has a required field of another name',
    route: 'stock-location/stock-locations',
    change: [['name: z.string(), type', 'nmae: z.string(), type']],
    names: /Property 'name' is missing in type '{ nmae: string/,
  },
  {
    mistake: 'a batch has an optional field of another name',
    route: 'pricing/price-lists',
    change: [['min_quantity: quantity()', 'min_quantty: quantity()']],
    names: /input_does_not_fit: .*"create\.min_quantty"/,
  },
  {
    mistake: 'a batch gives the id of its path another name',
    route: 'pricing/price-lists',
    change: [['{ ...batch, id }', '{ ...batch, list_id: id }']],
    names: /list_id/,
  },
  {
    mistake: 'a handler asks for what is not in its path',
    route: 'fulfillment/fulfillment-sets',
    change: [['{ name, geo_zones }, { id, zone_id }', '{ name, geo_zones }, { id, zoneId: zone_id }']],
    names: /Property 'zoneId' does not exist/,
  },
  {
    mistake: 'the id of what is shown is not in the path',
    route: 'fulfillment/fulfillment-sets',
    change: [["path: zone, idParam: 'zone_id'", "path: zone, idParam: 'zoneId'"]],
    names: /'"zoneId"' is not assignable to type '"id" \| "zone_id"/,
  },
]

let errors: Map<string, string>

beforeAll(async () => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
  )
  for (const route of new Set(plants.map((plant) => plant.route))) write(fileOf(route), sourceOf(route))
  plants.forEach((plant, at) => void write(fileOf(plant.route, at), planted(plant)))
  errors = await compiled()
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('without a mistake, the copies compile', () => {
  const unplanted = plants.map(({ route }) => errors.get(fileOf(route)) ?? '')
  expect(unplanted.join('')).toBe('')
})

test.each(plants.map((plant, at) => [plant.mistake, plant, at] as const))('refused: %s', (_, plant, at) => {
  expect(errors.get(fileOf(plant.route, at))).toMatch(plant.names)
})

const fileOf = (route: string, at?: number) => `${route.replace('/', '-')}${at === undefined ? '' : `-${at}`}.ts`
const write = (file: string, text: string) => writeFileSync(join(directory, file), text)

/** A route as a file of the directory of copies. */
function sourceOf(route: string): string {
  const path = join(root, 'api/admin', route === 'plain' ? 'brand/plain.ts' : `${route}.ts`)
  const moved = (to: string) => relative(directory, resolve(dirname(path), to))
  return (route === 'plain' ? plain : readFileSync(path, 'utf8')).replace(
    /from '(\.[^']+)'/g,
    (_, to: string) => `from '${moved(to)}'`,
  )
}

function planted({ route, change }: Plant): string {
  return change.reduce((source, [from, to]) => {
    if (source.split(from).length !== 2) throw new Error(`${route}.ts does not have '${from}' once`)
    return source.replace(from, to)
  }, sourceOf(route))
}

/** File → all that the compiler says of it. */
async function compiled(): Promise<Map<string, string>> {
  const said = await new Promise<string>((done) => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    execFile(process.execPath, [tsc, '-p', directory, '--pretty', 'false'], { cwd: directory }, (_, out) => done(out))
  })
  const found = new Map<string, string>()
  for (const error of said.split(/\n(?=\S)/)) {
    const file = error.slice(0, error.indexOf('('))
    found.set(file, `${found.get(file) ?? ''}${error}\n`)
  }
  return found
}
