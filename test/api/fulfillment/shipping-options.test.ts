import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf } from '../../support/fields-of.ts'
import { createWorld, type World } from '../../support/index.ts'
import { whileHeld } from '../../support/rivals.ts'
import { createShipping, flatOption, type Shipping } from '../../support/shipping.ts'

let world: World
let shipping: Shipping
beforeAll(async () => {
  world = await createWorld()
  shipping = await createShipping(world)
})
afterAll(() => world.stop())

const path = '/admin/shipping-options'
const type = { label: 'Standard', description: '2-3 days', code: 'standard' }
const rules = [
  { attribute: 'enabled_in_store', operator: 'eq', value: 'true' },
  { attribute: 'is_return', operator: 'eq', value: 'false' },
]
const eur = { currency_code: 'eur', amount: 10.5 }

/** What creates an option; a test says what is different. */
const wanted = (more: object = {}, from = shipping) => flatOption(from, { type, prices: [eur], rules, ...more })

async function create(more: object = {}, from = shipping) {
  const { status, body, headers } = await world.request('POST', path, wanted(more, from))
  expect([status, body.message]).toEqual([200, undefined])
  return { option: body.shipping_option, workflowId: headers.get('x-workflow-id') }
}
const change = (id: string, body: unknown) => world.request('POST', `${path}/${id}`, body)
const shown = async (id: string) => (await world.request('GET', `${path}/${id}`)).body.shipping_option
const methodsOf = async (workflowId: string | null) =>
  (
    await world.sql<{ method: string }>(
      'select method from turri.receipt where workflow_id = $1 order by finished_at',
      [workflowId],
    )
  ).map(({ method }) => method)

test('an option is created with its type, rules and prices, in one step', async () => {
  const free = { ...eur, amount: 0, rules: [{ attribute: 'item_total', operator: 'gte', value: 100 }] }
  const { option, workflowId } = await create({ prices: [eur, free], data: { id: 'manual-fulfillment' } })
  expect(option).toMatchObject({
    name: 'Standard',
    price_type: 'flat',
    provider_id: 'manual_manual',
    data: { id: 'manual-fulfillment' },
    metadata: null,
    type,
    rules,
    prices: [
      { currency_code: 'eur', amount: 10.5, rules_count: 0, price_rules: [] },
      {
        amount: 0,
        rules_count: 1,
        price_rules: [{ attribute: 'item_total', operator: 'gte', value: '100' }],
      },
    ],
    service_zone: { id: shipping.zone },
    shipping_profile: { id: shipping.profile },
    provider: { id: 'manual_manual', is_enabled: true },
  })
  expect(await methodsOf(workflowId)).toEqual(['createShippingOptions'])
  expect(await world.sql('select name, data from turri.event where workflow_id = $1', [workflowId])).toEqual([
    { name: 'shipping-option.created', data: { id: option.id } },
  ])
})

test('responses have the fields that clients expect', async () => {
  const conditions = [{ attribute: 'item_total', operator: 'gte', value: 100 }]
  const { option } = await create({ prices: [{ ...eur, rules: conditions }] })
  const times = ['created_at', 'deleted_at', 'updated_at']
  const under = (at: string, names: string[]) => [at.replace(/\[\]$/, ''), ...names.map((name) => `${at}.${name}`)]
  const quantities = ['amount', 'max_quantity', 'min_quantity'].flatMap((name) => [name, `raw_${name}`])
  const price = [...times, ...quantities, 'currency_code', 'id', 'price_list', 'price_list_id', 'price_set_id']
  expect(fieldsOf(option)).toEqual(
    [
      ...['created_at', 'data', 'id', 'metadata', 'name', 'price_type', 'provider_id', 'service_zone_id'],
      ...['shipping_profile_id', 'updated_at'],
      ...under('rules[]', [...times, 'attribute', 'id', 'operator', 'shipping_option_id', 'value']),
      ...under('type', [...times, 'code', 'description', 'id', 'label']),
      ...under('service_zone', [...times, 'fulfillment_set', 'fulfillment_set.id', 'fulfillment_set_id', 'id']),
      ...['service_zone.metadata', 'service_zone.name'],
      ...under('shipping_profile', [...times, 'id', 'metadata', 'name', 'type']),
      ...under('provider', [...times, 'id', 'is_enabled']),
      ...under('prices[]', [...price, 'raw_amount.precision', 'raw_amount.value', 'rules_count', 'title']),
      ...under('prices[].price_rules[]', [...times, 'attribute', 'id', 'operator', 'price_id', 'priority', 'value']),
    ].sort(),
  )
})

test('options are filtered by zone, profile, provider and location', async () => {
  const from = await createShipping(world)
  const { option: sent } = await create({ name: 'Sent' }, from)
  const { option: back } = await create({ name: 'Back', rules: [{ ...rules[1], value: 'true' }] }, from)
  const { option: hidden } = await create({ name: 'Hidden', rules: [{ ...rules[0], value: 'false' }] }, from)
  const found = async (query: string) => {
    const { body } = await world.request('GET', `${path}?stock_location_id=${from.location}&${query}`)
    return body.shipping_options.map(({ id }: { id: string }) => id)
  }
  expect(await found('')).toEqual([sent.id, back.id, hidden.id])
  expect(await found('is_return=true')).toEqual([back.id])
  expect(await found('is_return=false')).toEqual([sent.id, hidden.id])
  expect(await found('admin_only=true')).toEqual([hidden.id])
  expect(await found('q=hidd')).toEqual([hidden.id])
  expect(await found(`service_zone_id=${from.zone}&limit=1`)).toEqual([sent.id])
  expect(await found(`shipping_option_type_id=${back.type.id}`)).toEqual([back.id])
  expect(await found(`service_zone_id=${shipping.zone}`)).toEqual([])
})

test('an update changes the given fields and replaces rules and prices', async () => {
  const usd = { currency_code: 'usd', amount: 12 }
  const conditions = [{ attribute: 'item_total', operator: 'gte', value: 100 }]
  const { option } = await create({ prices: [eur, usd, { ...usd, amount: 1, rules: conditions }] })
  const [kept, dropped, conditional] = option.prices
  const { body } = await change(option.id, {
    name: 'Slow',
    prices: [
      { id: kept.id, amount: 11 },
      { id: conditional.id, amount: 2 },
      { currency_code: 'sek', amount: 100 },
    ],
    rules: [
      { ...rules[0], id: option.rules[0].id, value: 'false' },
      { attribute: 'a', operator: 'in', value: ['b'] },
    ],
  })
  expect(body.shipping_option).toMatchObject({
    name: 'Slow',
    type: { id: option.type.id },
    rules: [
      { id: option.rules[0].id, attribute: 'enabled_in_store', value: 'false' },
      { attribute: 'a', operator: 'in', value: ['b'] },
    ],
    prices: [
      { id: kept.id, currency_code: 'eur', amount: 11 },
      { id: conditional.id, currency_code: 'usd', amount: 2, price_rules: [{ attribute: 'item_total', value: '100' }] },
      { currency_code: 'sek', amount: 100 },
    ],
  })
  expect(body.shipping_option.prices.map(({ id }: { id: string }) => id)).not.toContain(dropped.id)
  const retyped = await change(option.id, { type: { label: 'Snail', code: 'snail' }, metadata: { a: 1 } })
  expect(retyped.body.shipping_option).toMatchObject({ name: 'Slow', metadata: { a: 1 }, type: { code: 'snail' } })
  expect(retyped.body.shipping_option.prices).toEqual(body.shipping_option.prices)
  const other = await change(option.id, { type_id: option.type.id })
  expect(other.body.shipping_option.type).toMatchObject({ id: option.type.id, ...type })
})

test('a price of a region has its currency and a region rule, and keeps both', async () => {
  const { region } = (await world.request('POST', '/admin/regions', { name: 'North', currency_code: 'dkk' })).body
  const { option } = await create({ prices: [eur, { region_id: region.id, amount: 70 }] })
  const [, regional] = option.prices
  const rule = { attribute: 'region_id', operator: 'eq', value: region.id }
  expect(regional).toMatchObject({ currency_code: 'dkk', amount: 70, rules_count: 1, price_rules: [rule] })
  const { body } = await change(option.id, { prices: [{ id: regional.id, amount: 75 }] })
  expect(body.shipping_option.prices).toMatchObject([
    { id: regional.id, currency_code: 'dkk', amount: 75, price_rules: [rule] },
  ])
  const [later] = (await change(option.id, { prices: [{ region_id: region.id, amount: 80 }] })).body.shipping_option
    .prices
  expect(later).toMatchObject({ id: regional.id, amount: 80 })
  const refused = await world.request(
    'POST',
    path,
    wanted({ name: 'Wrong', prices: [{ region_id: 'reg_none', amount: 1 }] }),
  )
  expect([refused.status, refused.body.message]).toEqual([404, 'Region id not found: reg_none'])
})

test('an option whose prices are refused is not created', async () => {
  const twice = { attribute: 'item_total', operator: 'gte', value: 100 }
  const torn = { name: 'Torn', type: { label: 'Torn', code: 'torn' }, prices: [{ ...eur, rules: [twice, twice] }] }
  const refused = await world.request('POST', path, wanted(torn))
  expect([refused.status, refused.body.type]).toEqual([400, 'invalid_data'])
  expect((await world.request('GET', `${path}?q=Torn`)).body.count).toBe(0)
  expect((await world.request('GET', '/admin/shipping-option-types?code=torn')).body.count).toBe(0)
})

test('rules are created, updated and deleted in one batch', async () => {
  const { option } = await create()
  const [changed, deleted] = option.rules
  const at = `${path}/${option.id}/rules/batch`
  const { body } = await world.request('POST', at, {
    create: [{ attribute: 'item_total', operator: 'gt', value: '10' }],
    update: [{ id: changed.id, attribute: 'enabled_in_store', operator: 'ne', value: 'maybe' }],
    delete: [deleted.id],
  })
  const [created] = body.created
  expect(body).toEqual({
    created: [{ id: created.id, attribute: 'item_total', operator: 'gt', value: '10' }],
    updated: [{ id: changed.id, attribute: 'enabled_in_store', operator: 'ne', value: 'maybe' }],
    deleted: { ids: [deleted.id], object: 'shipping_option_rule', deleted: true },
  })
  expect((await shown(option.id)).rules.map(({ id }: { id: string }) => id).sort()).toEqual(
    [changed.id, created.id].sort(),
  )
  const { option: other } = await create()
  for (const foreign of [{ delete: [other.rules[0].id] }, { update: [{ ...rules[0], id: other.rules[0].id }] }]) {
    const refused = await world.request('POST', at, { ...foreign, create: [{ ...rules[0] }] })
    expect([refused.status, refused.body.message]).toEqual([
      404,
      `Shipping option ${option.id} has no rule with id: ${other.rules[0].id}`,
    ])
  }
  expect((await shown(option.id)).rules).toHaveLength(2)
})

test('an option is deleted with its rules, its link and its prices', async () => {
  const { option } = await create()
  const deleted = await world.request('DELETE', `${path}/${option.id}`)
  expect(deleted.body).toEqual({ id: option.id, object: 'shipping_option', deleted: true })
  expect(await methodsOf(deleted.headers.get('x-workflow-id'))).toEqual(['deleteShippingOptions'])
  const left = await world.sql(
    `select 'rule' as what from fulfillment.shipping_option_rule where shipping_option_id = $1 and deleted_at is null
     union all select 'link' from link.shipping_option_price_set where shipping_option_id = $1 and deleted_at is null
     union all select 'set' from pricing.price_set where id = $2 and deleted_at is null
     union all select 'price' from pricing.price where price_set_id = $2 and deleted_at is null`,
    [option.id, option.prices[0].price_set_id],
  )
  expect(left).toEqual([])
  expect((await world.request('DELETE', `${path}/${option.id}`)).status).toBe(404)
})

test('an option that is being deleted cannot be repriced', async () => {
  const other = (await create()).option
  const [{ price_set_id: set } = {}] = await world.sql<{ price_set_id?: string }>(
    'select price_set_id from link.shipping_option_price_set where shipping_option_id = $1',
    [other.id],
  )
  const deleting = `update pricing.price_set set deleted_at = now() where id = '${set}'`
  const later = await whileHeld(world, deleting, () => change(other.id, { prices: [eur, { ...eur, amount: 1 }] }))
  expect([later.status, later.body.message]).toEqual([404, `Price Set with id: ${set} was not found`])
  expect(
    await world.sql('select from pricing.price where price_set_id = $1 and created_at > $2', [set, other.updated_at]),
  ).toEqual([])
})

test('a type in use is not deleted', async () => {
  const { option } = await create()
  const refused = await world.request('DELETE', `/admin/shipping-option-types/${option.type.id}`)
  expect([refused.status, refused.body.message]).toEqual([
    400,
    `Shipping option types cannot be deleted while shipping options use them: ${option.type.id}`,
  ])
})

test('an option created while its zone is deleted is refused or deleted with it, without leaving prices', async () => {
  for (let i = 0; i < 8; i++) {
    const from = await createShipping(world)
    const sending = world.request('POST', path, wanted({ name: `Late ${i}` }, from))
    await sleep(i * 3)
    const deleted = await world.request('DELETE', `/admin/fulfillment-sets/${from.set}/service-zones/${from.zone}`)
    expect(deleted.status).toBe(200)
    expect([200, 404]).toContain((await sending).status)
  }
  const left = await world.sql(
    `select 'option' as what from fulfillment.shipping_option where name like 'Late%' and deleted_at is null
     union all select 'price' from pricing.price_set p where deleted_at is null and not exists (
       select from link.shipping_option_price_set l join fulfillment.shipping_option o on o.id = l.shipping_option_id
       where l.price_set_id = p.id and l.deleted_at is null and o.deleted_at is null)`,
  )
  expect(left).toEqual([])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  await world.sql(`insert into fulfillment.fulfillment_provider (id, is_enabled) values ('gone_gone', false)`)
  await world.request('POST', `/admin/stock-locations/${shipping.location}/fulfillment-providers`, {
    add: ['gone_gone'],
  })
  const { option } = await create({ name: 'Right' })
  const { option: other } = await create({ name: 'Right, too' })
  const post = (more: object) => world.request('POST', path, wanted({ name: 'Wrong', ...more }))
  const noSuch = (key: string) => `You tried to set relationship ${key}: none, but such entity does not exist`
  const notEnabled = (provider: string) =>
    `Fulfillment provider ${provider} is not enabled at the location of service zone ${shipping.zone}`
  const refusals = [
    [await post({ prices: undefined }), 400, "Invalid request: Field 'prices' is required"],
    [await post({ type: undefined }), 400, "Invalid request: Field 'type_id' is required"],
    [await post({ type_id: 'sotype_1' }), 400, "Invalid request: Only one of 'type' and 'type_id' can be given"],
    [await post({ prices: [{ amount: 1 }] }), 400, "Invalid request: Field 'prices, 0, currency_code' is required"],
    [await post({ prices: [{ currency_code: 'eur' }] }), 400, "Invalid request: Field 'prices, 0, amount' is required"],
    [
      await post({ price_type: 'free' }),
      400,
      "Invalid request: Expected: 'calculated, flat' for field 'price_type', but got: 'free'",
    ],
    [await post({ service_zone_id: 'none' }), 404, noSuch('service_zone_id')],
    [await post({ shipping_profile_id: 'none' }), 404, noSuch('shipping_profile_id')],
    [await post({ type: undefined, type_id: 'none' }), 404, noSuch('type_id')],
    [await post({ provider_id: 'none' }), 400, notEnabled('none')],
    [await post({ provider_id: 'gone_gone' }), 400, notEnabled('gone_gone')],
    [
      await post({ price_type: 'calculated', prices: undefined }),
      400,
      'Fulfillment provider manual_manual does not calculate prices',
    ],
    [
      await change(option.id, { price_type: 'calculated' }),
      400,
      'Fulfillment provider manual_manual does not calculate prices',
    ],
    [await change(option.id, { name: 'Wrong', provider_id: 'none' }), 400, notEnabled('none')],
    [await change(option.id, { name: 'Wrong', shipping_profile_id: 'none' }), 404, noSuch('shipping_profile_id')],
    [await change('so_none', { name: 'Wrong' }), 404, 'ShippingOption with id "so_none" not found'],
    [
      await change(option.id, { name: 'Wrong', prices: [{ id: other.prices[0].id, amount: 1 }] }),
      404,
      `Shipping option ${option.id} has no price with id: ${other.prices[0].id}`,
    ],
    [
      await world.request('POST', `${path}/so_none/rules/batch`, { create: rules }),
      404,
      'Shipping Option with id: so_none was not found',
    ],
  ] as const
  for (const [{ status, body }, expected, message] of refusals)
    expect([status, body.message]).toEqual([expected, message])
  expect((await world.request('GET', `${path}?q=Wrong`)).body.count).toBe(0)
  expect(await shown(option.id)).toEqual({ ...option, updated_at: expect.any(String) })
})
