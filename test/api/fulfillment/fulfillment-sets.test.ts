import { fieldsOf } from '../../support/fields-of.ts'
import { createWorld, type World } from '../../support/index.ts'
import { createShipping } from '../../support/shipping.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/fulfillment-sets'
let count = 0
const zoneOf = async (set: string, geo_zones: unknown[]) => {
  const name = `Zone ${++count}`
  const answer = await world.request('POST', `${path}/${set}/service-zones`, { name, geo_zones })
  expect([answer.status, answer.body.message]).toEqual([200, undefined])
  return answer.body.fulfillment_set.service_zones.find((zone: { name: string }) => zone.name === name)
}

test('a zone is created with its geo zones, retrieved, updated and deleted', async () => {
  const { set } = await createShipping(world)
  const zone = await zoneOf(set, [
    { type: 'country', country_code: 'dk', city: 'is no part of a country' },
    { type: 'zip', country_code: 'de', province_code: 'de-by', city: 'Passau', postal_expression: { type: 'in' } },
  ])
  const [country, zip] = zone.geo_zones
  expect(country).toMatchObject({ type: 'country', country_code: 'dk', city: null, postal_expression: null })
  expect(zip).toMatchObject({ type: 'zip', province_code: 'de-by', city: 'Passau', postal_expression: { type: 'in' } })

  const at = `${path}/${set}/service-zones/${zone.id}`
  const changed = await world.request('POST', at, {
    name: 'Renamed',
    geo_zones: [
      { id: zip.id, type: 'province', country_code: 'at', province_code: 'at-9' },
      { type: 'country', country_code: 'se' },
    ],
  })
  expect(changed.status).toBe(200)
  const shown = (await world.request('GET', at)).body.service_zone
  expect(shown).toMatchObject({ id: zone.id, name: 'Renamed' })
  expect(shown.geo_zones).toEqual([
    expect.objectContaining({
      id: zip.id,
      type: 'province',
      country_code: 'at',
      province_code: 'at-9',
      city: null,
      postal_expression: null,
    }),
    expect.objectContaining({ type: 'country', country_code: 'se' }),
  ])
  await world.request('POST', at, { name: 'Again' })
  expect((await world.request('GET', at)).body.service_zone).toMatchObject({
    name: 'Again',
    geo_zones: shown.geo_zones.map(({ id }: { id: string }) => ({ id })),
  })

  const deleted = await world.request('DELETE', at)
  expect(deleted.body).toMatchObject({ id: zone.id, object: 'service_zone', deleted: true, parent: { id: set } })
  expect(deleted.body.parent.service_zones.map(({ id }: { id: string }) => id)).not.toContain(zone.id)
  expect((await world.request('GET', at)).status).toBe(404)
})

test('responses have the fields that clients expect', async () => {
  const { set, zone } = await createShipping(world)
  const changed = await world.request('POST', `${path}/${set}/service-zones/${zone}`, {})
  const times = ['created_at', 'deleted_at', 'updated_at']
  const place = [
    'city',
    'country_code',
    'id',
    'metadata',
    'postal_expression',
    'province_code',
    'service_zone_id',
    'type',
  ]
  const geoZone = [...place, ...times].map((name) => `geo_zones[].${name}`)
  const own = ['fulfillment_set_id', 'geo_zones', 'id', 'metadata', 'name', ...times, ...geoZone]
  expect(fieldsOf(changed.body.fulfillment_set)).toEqual(
    ['id', 'name', 'service_zones', 'type', ...times, ...own.map((name) => `service_zones[].${name}`)].sort(),
  )
  const retrieved = await world.request('GET', `${path}/${set}/service-zones/${zone}`)
  expect(fieldsOf(retrieved.body.service_zone)).toEqual(['geo_zones', 'id', 'name', ...times, ...geoZone].sort())
})

test('a set is deleted with its zones; its location stays, and its name is free again', async () => {
  const { location, set, zone } = await createShipping(world)
  const [{ name }] = (await world.sql<{ name: string }>('select name from fulfillment.fulfillment_set where id = $1', [
    set,
  ])) as [{ name: string }]
  expect((await world.request('DELETE', `${path}/${set}`)).body).toEqual({
    id: set,
    object: 'fulfillment_set',
    deleted: true,
  })
  const left = await world.sql(
    `select from fulfillment.service_zone where id = $1 and deleted_at is null
     union all select from fulfillment.geo_zone where service_zone_id = $1 and deleted_at is null`,
    [zone],
  )
  expect(left).toEqual([])
  const again = await world.request(
    'POST',
    `/admin/stock-locations/${location}/fulfillment-sets?fields=fulfillment_sets.name`,
    { name, type: 'pickup' },
  )
  expect(again.body.stock_location.fulfillment_sets).toEqual([{ name }])
  expect((await world.request('DELETE', `${path}/${set}`)).status).toBe(404)
})

test('of two concurrent zones with one name, one is created', async () => {
  const [one, other] = [await createShipping(world), await createShipping(world)]
  const body = { name: 'Twice', geo_zones: [{ type: 'country', country_code: 'fi' }] }
  const answers = await Promise.all(
    [one, other].map(({ set }) => world.request('POST', `${path}/${set}/service-zones`, body)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  const zones = await world.sql(`select id from fulfillment.service_zone where name = 'Twice' and deleted_at is null`)
  expect(zones).toHaveLength(1)
})

test('a zone created while its set is deleted is refused or deleted with it', async () => {
  for (let i = 0; i < 5; i++) {
    const { set } = await createShipping(world)
    const [added, deleted] = await Promise.all([
      world.request('POST', `${path}/${set}/service-zones`, { name: `Late ${i}` }),
      world.request('DELETE', `${path}/${set}`),
    ])
    expect(deleted.status).toBe(200)
    expect([200, 404]).toContain(added.status)
    const left = 'select id from fulfillment.service_zone where fulfillment_set_id = $1 and deleted_at is null'
    expect(await world.sql(left, [set])).toEqual([])
  }
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const { set, zone } = await createShipping(world)
  const other = await createShipping(world)
  const at = `${path}/${set}/service-zones`
  const taken = await zoneOf(set, [])
  const place = (more: object) => ({ name: 'Wrong', geo_zones: [{ country_code: 'dk', ...more }] })
  const refusals = [
    [await world.request('POST', at, {}), 400, "Invalid request: Field 'name' is required"],
    [
      await world.request('POST', at, place({ type: 'city', province_code: 'x' })),
      400,
      "Invalid request: Field 'geo_zones, 0, city' is required",
    ],
    [
      await world.request('POST', at, place({ type: 'zip', province_code: 'x', city: 'y' })),
      400,
      "Invalid request: Field 'geo_zones, 0, postal_expression' is required",
    ],
    [
      await world.request('POST', at, { name: taken.name }),
      400,
      `Service Zone with name: ${taken.name}, already exists.`,
    ],
    [
      await world.request('POST', `${path}/fuset_none/service-zones`, { name: 'Wrong' }),
      404,
      'Fulfillment Set with id: fuset_none was not found',
    ],
    [
      await world.request('POST', `${path}/${other.set}/service-zones/${zone}`, { name: 'Wrong' }),
      404,
      `Service Zone with id: ${zone} was not found`,
    ],
    [
      await world.request('GET', `${path}/${other.set}/service-zones/${zone}`),
      404,
      `Service Zone with id: ${zone} was not found`,
    ],
    [
      await world.request('DELETE', `${path}/${other.set}/service-zones/${zone}`),
      404,
      `Service Zone with id: ${zone} was not found`,
    ],
    [
      await world.request('DELETE', `${path}/fuset%00`),
      400,
      'The request has characters that cannot be stored, such as NUL',
    ],
    [await world.request('DELETE', `${path}/fuset_none`), 404, 'Fulfillment Set with id: fuset_none was not found'],
  ] as const
  for (const [{ status, body }, expected, message] of refusals)
    expect([status, body.message]).toEqual([expected, message])
  const wrong = `select from fulfillment.service_zone where name = 'Wrong' and deleted_at is null`
  expect(await world.sql(wrong)).toEqual([])
})
