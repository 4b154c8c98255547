import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/promotions'
const post = (at: string, body: unknown) => world.request('POST', `${path}${at}`, body)
const get = (at: string) => world.request('GET', `${path}${at}`)

const across = { type: 'percentage', target_type: 'items', allocation: 'across', value: 10, currency_code: 'EUR' }
const buyget = {
  ...{ type: 'percentage', target_type: 'items', allocation: 'each', value: 100, max_quantity: 2 },
  ...{ apply_to_quantity: 1, buy_rules_min_quantity: 2 },
  buy_rules: [{ attribute: 'items.product.id', operator: 'eq', values: 'prod_1' }],
}
const standard = (code: string, more: object = {}) => ({ code, type: 'standard', application_method: across, ...more })

async function create(body: object) {
  const answer = await post('', body)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body.promotion
}

test('a promotion is created, filtered, updated and deleted', async () => {
  const body = standard('TEN', { status: 'active', metadata: { a: 1 }, additional_data: { hook: true } })
  const { status, body: answer, headers } = await post('', body)
  expect(status).toBe(200)
  const { promotion } = answer
  const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }
  expect(promotion).toEqual({
    id: expect.stringMatching(/^promo_/),
    code: 'TEN',
    is_automatic: false,
    is_tax_inclusive: false,
    type: 'standard',
    limit: null,
    used: 0,
    status: 'active',
    metadata: { a: 1 },
    campaign_id: null,
    campaign: null,
    rules: [],
    ...times,
    application_method: {
      id: expect.stringMatching(/^proappmet_/),
      promotion_id: promotion.id,
      value: 10,
      raw_value: { value: '10', precision: 20 },
      currency_code: 'eur',
      max_quantity: null,
      apply_to_quantity: null,
      buy_rules_min_quantity: null,
      type: 'percentage',
      target_type: 'items',
      allocation: 'across',
      target_rules: [],
      buy_rules: [],
      ...times,
    },
  })
  expect(
    await world.sql('select method from turri.receipt where workflow_id = $1', [headers.get('x-workflow-id')]),
  ).toEqual([{ method: 'createPromotions' }])
  const found = await get('?q=te&code[]=TEN&application_method[currency_code]=eur')
  expect(found.body).toMatchObject({ promotions: [{ id: promotion.id }], count: 1, limit: 50 })
  const changed = await post(`/${promotion.id}?fields=code,limit,application_method.value`, { code: 'TEN2', limit: 5 })
  expect(changed.body.promotion).toMatchObject({ id: promotion.id, code: 'TEN2', limit: 5 })
  const gone = await world.request('DELETE', `${path}/${promotion.id}`)
  expect(gone.body).toEqual({ id: promotion.id, object: 'promotion', deleted: true })
  expect((await get(`/${promotion.id}`)).status).toBe(404)
  await create(standard('TEN2'))
})

test('its application method can be updated if the result is valid', async () => {
  const { id } = await create(standard('METHOD'))
  const change = (application_method: object) => post(`/${id}`, { application_method })
  expect((await change({ allocation: 'each' })).body.message).toBe('An allocation each needs a max_quantity')
  expect((await change({ value: 101 })).body.message).toBe('A percentage is at most 100')
  const each = await change({ allocation: 'each', max_quantity: 3, value: 12.5 })
  expect(each.body.promotion.application_method).toMatchObject({ allocation: 'each', max_quantity: 3, value: 12.5 })
  const order = await change({ target_type: 'order' })
  expect(order.body.promotion.application_method).toMatchObject({
    allocation: 'across',
    max_quantity: null,
    value: 12.5,
  })
  expect((await post(`/${id}`, { type: 'buyget' })).body.message).toMatch(/needs apply_to_quantity/)
})

test('a promotion is created with its rules and campaign', async () => {
  const promotion = await create({
    ...{ code: 'BUY2', type: 'buyget', application_method: { ...buyget, target_rules: [rule('items.product.id')] } },
    rules: [{ attribute: 'region.id', operator: 'in', values: ['reg_1', 'reg_2', 'reg_1'] }],
    campaign: { name: 'Spring', campaign_identifier: 'spring-1', budget: { type: 'usage', limit: 10 } },
  })
  expect(promotion.rules).toMatchObject([
    { attribute: 'region.id', operator: 'in', values: [{ value: 'reg_1' }, { value: 'reg_2' }] },
  ])
  expect(promotion.application_method).toMatchObject({
    buy_rules: [{ attribute: 'items.product.id', operator: 'eq', description: null, values: [{ value: 'prod_1' }] }],
    target_rules: [{ attribute: 'items.product.id', values: [{ value: 'x' }] }],
  })
  expect(promotion.campaign).toMatchObject({ name: 'Spring', budget: { type: 'usage', limit: 10, used: 0 } })
  expect(promotion.campaign_id).toBe(promotion.campaign.id)
  await world.request('DELETE', `${path}/${promotion.id}`)
  expect(await world.sql('select from promotion.promotion_rule where deleted_at is null')).toEqual([])
  expect(await world.sql('select from promotion.promotion_rule_value where deleted_at is null')).toEqual([])
})

const rule = (attribute: string) => ({ attribute, operator: 'in', values: ['x'] })

describe('rules', () => {
  test.each(['rules', 'target-rules', 'buy-rules'])(
    '%s are created, updated and deleted in one change',
    async (type) => {
      const { id } = await create({ code: `RULES-${type}`, type: 'buyget', application_method: buyget })
      const batch = (body: object) => post(`/${id}/${type}/batch`, body)
      const { body } = await batch({ create: [rule('a'), { ...rule('b'), values: 'y', description: 'why' }] })
      expect(body).toMatchObject({ updated: [], deleted: { ids: [], object: 'promotion-rule', deleted: true } })
      const [a, b] = body.created
      expect(a).toMatchObject({
        id: expect.stringMatching(/^prorul_/),
        attribute: 'a',
        operator: 'in',
        description: null,
      })
      expect(b).toMatchObject({ attribute: 'b', description: 'why', values: [{ value: 'y' }] })
      const changed = await batch({
        create: [rule('c')],
        update: [{ id: b.id, operator: 'ne', values: ['z', 'w'] }],
        delete: [a.id],
      })
      expect(changed.body).toMatchObject({
        created: [{ attribute: 'c' }],
        updated: [{ id: b.id, attribute: 'b', operator: 'ne', values: [{ value: 'z' }, { value: 'w' }] }],
        deleted: { ids: [a.id] },
      })
      const listed = (await get(`/${id}/${type}`)).body.rules.filter((one: { disguised: boolean }) => !one.disguised)
      expect(listed.map((one: { attribute: string }) => one.attribute).slice(-2)).toEqual(['b', 'c'])
      expect(await batch({ delete: [a.id] })).toMatchObject({
        status: 404,
        body: { message: `Promotion Rule with id: ${a.id} was not found` },
      })
    },
  )

  test('that are updated twice in one batch have the values of the later update', async () => {
    const { id, rules } = await create(standard('LATER', { rules: [rule('a')] }))
    const update = ['y', 'z'].map((value) => ({ id: rules[0].id, values: [value] }))
    const { body } = await post(`/${id}/rules/batch`, { update })
    expect(body.updated).toMatchObject([{ id: rules[0].id, values: [{ value: 'z' }] }])
  })

  test('belong to one promotion and kind', async () => {
    const mine = await create(standard('MINE', { rules: [rule('a')] }))
    const other = await create({
      code: 'ORDER',
      type: 'standard',
      application_method: { ...across, target_type: 'order' },
    })
    expect((await post(`/${other.id}/rules/batch`, { delete: [mine.rules[0].id] })).status).toBe(404)
    expect((await post(`/${other.id}/target-rules/batch`, { create: [rule('a')] })).body.message).toBe(
      'A promotion of the whole order takes no target rules',
    )
    expect((await post(`/${mine.id}/buy-rules/batch`, { create: [rule('a')] })).body.message).toBe(
      'Only a buyget promotion takes buy rules',
    )
    expect((await post('/promo_none/rules/batch', { create: [rule('a')] })).status).toBe(404)
  })

  test('are returned with labels', async () => {
    const tag = (await world.request('POST', '/admin/product-tags', { value: 'summer' })).body.product_tag
    const of = (values: string[]) => ({ attribute: 'items.product.tags.id', operator: 'in', values })
    const { id } = await create({
      ...{ code: 'READ', type: 'buyget' },
      application_method: { ...buyget, target_rules: [of([tag.id, 'ptag_gone']), of([tag.id])] },
    })
    const before = world.statements.length
    const { body } = await get(`/${id}/target-rules`)
    expect(world.statements.length - before).toBe(2) // the promotion, and its tags
    expect(body.rules).toMatchObject([
      {
        ...{ attribute: 'apply_to_quantity', disguised: true, required: true, operator_label: 'Equals' },
        values: [{ value: '1', label: '1' }],
      },
      {
        ...{ id: expect.any(String), attribute_label: 'Product Tag', operator_label: 'In', field_type: 'multiselect' },
        values: [
          { value: tag.id, label: 'summer' },
          { value: 'ptag_gone', label: 'ptag_gone' },
        ],
      },
      { id: expect.any(String), values: [{ value: tag.id, label: 'summer' }] },
    ])
    expect((await get(`/${id}/nonsense`)).body).toMatchObject({ type: 'invalid_data' })
  })

  test('can use the attributes of the project, with their values', async () => {
    const { body } = await get('/rule-attribute-options/target-rules?promotion_type=buyget')
    expect(body.attributes[0]).toMatchObject({ id: 'apply_to_quantity', required: true, disguised: true })
    expect(body.attributes[1]).toMatchObject({
      ...{ id: 'product', value: 'items.product.id', label: 'Product', required: false },
      operators: [{ id: 'in', value: 'in', label: 'In' }, { id: 'eq' }, { id: 'ne' }],
    })
    const { id } = (await world.request('POST', '/admin/product-tags', { value: 'winter' })).body.product_tag
    const values = await get('/rule-value-options/target-rules/product_tag?q=winter&limit=5')
    expect(values.body).toEqual({ values: [{ value: id, label: 'winter' }], count: 1, offset: 0, limit: 5 })
    expect((await get(`/rule-value-options/target-rules/product_tag?value[]=${id}`)).body.count).toBe(1)
    const cart = (await get('/rule-attribute-options/rules?application_method_type=fixed')).body.attributes
    expect(cart[0]).toMatchObject({ id: 'currency_code', required: true, disguised: true })
    const ids = cart.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(expect.arrayContaining(['region', 'country', 'sales_channel']))
    for (const id of ids) expect((await get(`/rule-value-options/rules/${id}?limit=1`)).status).toBe(200)
    const denmark = await get('/rule-value-options/rules/country?value=dk')
    expect(denmark.body).toMatchObject({ values: [{ value: 'dk', label: 'Denmark' }], count: 1 })
    const shipping = '/rule-attribute-options/target-rules?application_method_target_type=shipping_methods'
    expect((await get(shipping)).body.attributes).toMatchObject([{ id: 'shipping_option_type' }])
    expect((await get('/rule-value-options/rules/product_tag')).status).toBe(400)
    expect((await get('/rule-value-options/nonsense/product_tag')).status).toBe(400)
  })
})

test.each([
  [{ value: 100.5 }, 'A percentage is at most 100'],
  [{ target_type: 'order', target_rules: [rule('a')] }, 'A promotion of the whole order takes no target rules'],
  [{ value: '10' }, "Invalid request: Expected type: 'number' for field 'application_method, value', got: '10'"],
  [{ colour: 'red' }, "Invalid request: Unrecognized fields: 'colour'"],
])('a method that makes no sense is refused: %j', async (method, message) => {
  const { status, body } = await post('', standard('NONSENSE', { application_method: { ...across, ...method } }))
  expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
  expect((await get('?code=NONSENSE')).body.count).toBe(0)
})

test.each([
  [{ buy_rules: [] }, 'A buyget promotion needs at least one buy rule'],
  [{ apply_to_quantity: 3 }, 'A buyget promotion needs a max_quantity that is not less than its apply_to_quantity'],
])('a buyget that makes no sense is refused: %j', async (method, message) => {
  const body = { code: 'NONSENSE', type: 'buyget', application_method: { ...buyget, ...method } }
  expect((await post('', body)).body).toEqual({ type: 'invalid_data', message })
})

test('a code is unique, even for concurrent requests', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => post('', standard('ONCE'))))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const refused = answers.find(({ status }) => status !== 200)!
  expect([refused.status, refused.body.message]).toEqual([400, 'Promotion with code: ONCE, already exists.'])
  const { id } = await create(standard('OTHER'))
  expect((await post(`/${id}`, { code: 'ONCE' })).body.message).toBe('Promotion with code: ONCE, already exists.')
})

test('rows that do not exist are 404', async () => {
  expect((await post('', standard('LOST', { campaign_id: 'procamp_none' }))).body).toEqual({
    type: 'not_found',
    message: 'Campaign with id: procamp_none was not found',
  })
  expect((await post('/promo_none', { code: 'x' })).body.message).toBe('Promotion with id "promo_none" not found')
  expect((await world.request('DELETE', `${path}/promo_none`)).status).toBe(404)
  const { body } = await post(
    '',
    standard('BOTH', { campaign_id: 'a', campaign: { name: 'b', campaign_identifier: 'b' } }),
  )
  expect(body.message).toBe('A promotion has a campaign_id or a new campaign, not both')
})
