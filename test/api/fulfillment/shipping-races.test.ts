/** Two changes of one shipping option, or of a location and its set, at once: whichever comes first, none of them is half there. */
import { createWorld, type World } from '../../support/index.ts'
import { behind } from '../../support/rivals.ts'
import { createShipping, flatOption } from '../../support/shipping.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const post = (path: string, body: unknown) => world.request('POST', `/admin/${path}`, body)
const remove = (path: string) => world.request('DELETE', `/admin/${path}`)

async function newOption() {
  const prices = [{ currency_code: 'eur', amount: 5 }]
  const { body } = await post('shipping-options', flatOption(await createShipping(world), { prices }))
  return body.shipping_option as { id: string; prices: { id: string; price_set_id: string }[] }
}

/** What is there of options and sets that are gone. */
async function leftovers(): Promise<unknown[]> {
  return world.sql(`
    select 'link of set' as what from link.location_fulfillment_set l join fulfillment.fulfillment_set s on s.id = fulfillment_set_id
      where l.deleted_at is null and s.deleted_at is not null
    union all select 'rule' from fulfillment.shipping_option_rule r join fulfillment.shipping_option o on o.id = shipping_option_id
      where r.deleted_at is null and o.deleted_at is not null
    union all select 'price' from pricing.price p join pricing.price_set s on s.id = price_set_id
      where p.deleted_at is null and s.deleted_at is not null
    union all select 'price set' from pricing.price_set s join link.shipping_option_price_set l on l.price_set_id = s.id
      join fulfillment.shipping_option o on o.id = shipping_option_id where s.deleted_at is null and o.deleted_at is not null`)
}

test('a location and its set are deleted at once', async () => {
  const { location, set } = await createShipping(world)
  const link = `select from link.location_fulfillment_set where fulfillment_set_id = '${set}' for update`
  const answers = await behind(
    world,
    link,
    () => remove(`stock-locations/${location}`),
    () => remove(`fulfillment-sets/${set}`),
  )
  const [ofLocation, ofSet] = answers.map(({ status }) => status)
  expect([ofLocation, [200, 404].includes(ofSet!)]).toEqual([200, true]) // the set may have been deleted with the location by then
  const isThere = `select from fulfillment.fulfillment_set where id = '${set}' and deleted_at is null`
  expect(await world.sql(isThere)).toEqual([])
  expect(await leftovers()).toEqual([])
})

test('the name of a set that is refused because its location is being deleted is free', async () => {
  const [{ location }, { location: other }] = [await createShipping(world), await createShipping(world)]
  const set = { name: 'Wanted twice', type: 'shipping' }
  const [refused, added] = await behind(
    world,
    `update stock_location.stock_location set deleted_at = now() where id = '${location}'`,
    () => post(`stock-locations/${location}/fulfillment-sets`, set),
    () => post(`stock-locations/${other}/fulfillment-sets`, set),
  )
  expect([refused.status, added.status]).toEqual([404, 200])
})

test('an option is deleted while its rules and prices are replaced, which leaves none of them', async () => {
  const { id } = await newOption()
  const rules = [{ attribute: 'is_return', operator: 'eq', value: 'true' }]
  const [changed, deleted] = await behind(
    world,
    'lock table pricing.price_set in access exclusive mode',
    () => post(`shipping-options/${id}`, { rules, prices: [{ currency_code: 'usd', amount: 1 }] }),
    () => remove(`shipping-options/${id}`),
  )
  expect(deleted.status).toBe(200)
  expect([200, 404]).toContain(changed.status) // it shows the option when both are done
  expect(await leftovers()).toEqual([])
})

test('concurrent changes of one price both take effect', async () => {
  const option = await newOption()
  const [{ id, price_set_id }] = option.prices as [{ id: string; price_set_id: string }]
  const rules = [{ attribute: 'item_total', operator: 'gte', value: 100 }]
  const answers = await behind(
    world,
    `select from pricing.price_set where id = '${price_set_id}' for update`,
    () => post(`shipping-options/${option.id}`, { prices: [{ id, amount: 9 }] }),
    () => post(`shipping-options/${option.id}`, { prices: [{ id, rules }] }),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  const { body } = await world.request('GET', `/admin/shipping-options/${option.id}`)
  expect(body.shipping_option.prices).toMatchObject([
    { id, amount: 9, price_rules: [{ attribute: 'item_total', operator: 'gte', value: '100' }] },
  ])
})

test('a price that a concurrent change has removed cannot be updated', async () => {
  const option = await newOption()
  const [{ id, price_set_id }] = option.prices as [{ id: string; price_set_id: string }]
  const [dropped, refused] = await behind(
    world,
    `select from pricing.price_set where id = '${price_set_id}' for update`,
    () => post(`shipping-options/${option.id}`, { prices: [{ currency_code: 'usd', amount: 1 }] }),
    () => post(`shipping-options/${option.id}`, { prices: [{ id, amount: 9 }] }),
  )
  expect(dropped.status).toBe(200)
  expect([refused.status, refused.body.message]).toEqual([
    404,
    `Shipping option ${option.id} has no price with id: ${id}`,
  ])
})
