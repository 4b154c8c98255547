import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/campaigns'
const post = (at: string, body: unknown) => world.request('POST', `${path}${at}`, body)

async function create(campaign_identifier: string, more: object = {}) {
  const answer = await post('', { name: 'Spring', campaign_identifier, ...more })
  expect(answer).toMatchObject({ status: 200 })
  return answer.body.campaign
}

async function promotion(code: string, currency_code: string, more: object = {}): Promise<string> {
  const application_method = { type: 'fixed', target_type: 'order', value: 5, currency_code }
  const { body } = await world.request('POST', '/admin/promotions', {
    code,
    type: 'standard',
    application_method,
    ...more,
  })
  return body.promotion.id
}

const campaignOf = async (id: string) =>
  (await world.request('GET', `/admin/promotions/${id}?fields=campaign_id`)).body.promotion.campaign_id

test('a campaign is created, filtered, updated and deleted', async () => {
  expect(await create('bare')).toEqual({
    id: expect.stringMatching(/^procamp_/),
    name: 'Spring',
    description: null,
    campaign_identifier: 'bare',
    starts_at: null,
    ends_at: null,
    budget: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    deleted_at: null,
  })
  const campaign = await create('full', {
    starts_at: '2026-03-01',
    ends_at: '2026-06-01T00:00:00+02:00',
    budget: { type: 'spend', limit: 1000.5, currency_code: 'EUR' },
    additional_data: { a: 1 },
  })
  expect(campaign).toMatchObject({ starts_at: '2026-03-01T00:00:00.000Z', ends_at: '2026-05-31T22:00:00.000Z' })
  expect(campaign.budget).toMatchObject({
    id: expect.stringMatching(/^probudg_/),
    ...{ type: 'spend', currency_code: 'eur', limit: 1000.5, used: 0, attribute: null, campaign_id: campaign.id },
    ...{ raw_limit: { value: '1000.5', precision: 20 }, raw_used: { value: '0', precision: 20 } },
  })
  const found = await world.request('GET', `${path}?q=spr&campaign_identifier=full&budget[currency_code]=eur`)
  expect(found.body).toMatchObject({ campaigns: [{ id: campaign.id }], count: 1, offset: 0, limit: 50 })
  const changed = await post(`/${campaign.id}`, { name: 'Summer', ends_at: null, budget: { limit: null } })
  expect(changed.body.campaign).toMatchObject({ name: 'Summer', ends_at: null, budget: { limit: null, type: 'spend' } })
  const gone = await world.request('DELETE', `${path}/${campaign.id}`)
  expect(gone.body).toEqual({ id: campaign.id, object: 'campaign', deleted: true })
  expect((await world.request('GET', `${path}/${campaign.id}`)).body.message).toBe(
    `Campaign with id: ${campaign.id} was not found`,
  )
  expect(await world.sql('select from promotion.promotion_campaign_budget where deleted_at is null')).toEqual([])
  await create('full')
})

test('promotions are added and removed', async () => {
  const [spring, other] = [await create('spring'), await create('other')]
  const [a, b] = [await promotion('A', 'eur'), await promotion('B', 'eur', { campaign_id: other.id })]
  const { body } = await post(`/${spring.id}/promotions?fields=id,promotions.code`, { add: [a] })
  expect(body.campaign).toMatchObject({ id: spring.id, promotions: [{ code: 'A' }] })
  await post(`/${spring.id}/promotions`, { remove: [a, b] })
  expect([await campaignOf(a), await campaignOf(b)]).toEqual([null, other.id])
  expect((await post(`/${spring.id}/promotions`, { add: [a, 'promo_none'] })).status).toBe(404)
  expect(await campaignOf(a)).toBeNull()
  expect((await post('/procamp_none/promotions', { add: [a] })).status).toBe(404)
})

test('a budget refuses promotions in another currency', async () => {
  const { id } = await create('euros', { budget: { type: 'spend', currency_code: 'eur' } })
  const dollars = await promotion('DOLLARS', 'usd')
  const message = 'The promotion DOLLARS is in usd, but the budget of its campaign is in eur'
  expect((await post(`/${id}/promotions`, { add: [dollars] })).body).toEqual({ type: 'invalid_data', message })
  const joining = await world.request('POST', `/admin/promotions/${dollars}`, { campaign_id: id })
  expect(joining.body.message).toBe(message)
  const euros = { application_method: { currency_code: 'eur' }, campaign_id: id }
  expect((await world.request('POST', `/admin/promotions/${dollars}`, euros)).status).toBe(200)
  const back = await world.request('POST', `/admin/promotions/${dollars}`, {
    application_method: { currency_code: 'usd' },
  })
  expect(back.body.message).toBe(message)
})

test.each([
  [{ ends_at: '2026-01-01', starts_at: '2026-01-02' }, 'A campaign cannot end before it starts'],
  [{ starts_at: 'soon' }, "Invalid request: Expected type: 'date' for field 'starts_at', got: 'soon'"],
  [{ budget: { type: 'spend' } }, 'A budget of the type spend needs a currency_code'],
  [{ budget: { type: 'usage', limit: -1 } }, 'The limit of a budget cannot be less than nothing'],
  [{ name: undefined }, "Invalid request: Field 'name' is required"],
])('a campaign that makes no sense is refused: %j', async (more, message) => {
  const { status, body } = await post('', { name: 'x', campaign_identifier: 'nonsense', ...more })
  expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
})

test('an identifier is unique, and an update is validated together with the stored row', async () => {
  const { id } = await create('taken', { starts_at: '2026-05-01' })
  expect((await post('', { name: 'x', campaign_identifier: 'taken' })).body.message).toBe(
    'Promotion Campaign with campaign_identifier: taken, already exists.',
  )
  expect((await post(`/${id}`, { ends_at: '2026-04-01' })).body.message).toBe('A campaign cannot end before it starts')
  expect((await post(`/${id}`, { budget: { limit: 5 } })).body.message).toBe(`The campaign ${id} has no budget`)
  expect((await post('/procamp_none', { name: 'x' })).status).toBe(404)
})
