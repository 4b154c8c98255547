import {
  campaignPromotionsRule,
  changeRulesRule,
  createPromotionsRule,
  type PromotionFacts,
  updateCampaignsRule,
  updatePromotionsRule,
} from '../../../modules/promotion/rules/promotion.ts'
import { refusalOf } from '../../support/refusal.ts'

type Promotion = PromotionFacts['promotions'][number]
type Method = NonNullable<Promotion['application_method']>
type Campaign = PromotionFacts['campaigns'][number]

const method = (more: Partial<Method> = {}): Method => ({
  id: 'proappmet_1',
  value: '10',
  currency_code: 'eur',
  max_quantity: 2,
  apply_to_quantity: null,
  buy_rules_min_quantity: null,
  type: 'fixed',
  target_type: 'items',
  allocation: 'each',
  target_rules: [],
  buy_rules: [],
  ...more,
})
const promotion = (more: Partial<Promotion> = {}): Promotion => ({
  id: 'promo_1',
  code: 'TEN',
  type: 'standard',
  campaign_id: null,
  campaign: null,
  rules: [],
  application_method: method(),
  ...more,
})
const campaign = (id: string, currency_code: string | null = null): Campaign => ({
  id,
  starts_at: null,
  ends_at: null,
  budget: { id: `${id} budget`, currency_code },
})
const facts = (...promotions: Promotion[]): PromotionFacts => ({
  promotions,
  campaigns: [campaign('procamp_eur', 'eur'), campaign('procamp_usd', 'usd'), campaign('procamp_any')],
})

const notFound = (message: string) => ({ type: 'not_found', message })
const foreign = (code: string, theirs: string, ours: string) => ({
  type: 'invalid_data',
  message: `The promotion ${code} is in ${theirs}, but the budget of its campaign is in ${ours}`,
})

describe('new promotions', () => {
  const made = (more = {}) => ({
    id: 'promo_2',
    code: 'NEW',
    type: 'standard' as const,
    rules: [],
    application_method: { ...method(), value: '10', target_rules: [], buy_rules: [] },
    ...more,
  })
  const ofNewCampaign = (currency_code: string) => ({
    id: 'procamp_2',
    name: 'New',
    campaign_identifier: 'new',
    budget: { id: 'probudg_2', type: 'spend' as const, currency_code },
  })

  test('are in no campaign, in one that is there, or bring one', () => {
    const all = [made(), made({ campaign_id: 'procamp_eur' }), made({ campaign: ofNewCampaign('eur') })]
    expect(createPromotionsRule(facts(), all)).toBe(all)
  })

  test('are not in a campaign of another currency, nor in one that is not there', () => {
    const refused = (more: object) => refusalOf(() => createPromotionsRule(facts(), [made(), made(more)]))
    expect(refused({ campaign_id: 'procamp_usd' })).toEqual(foreign('NEW', 'eur', 'usd'))
    expect(refused({ campaign: ofNewCampaign('usd') })).toEqual(foreign('NEW', 'eur', 'usd'))
    expect(refused({ campaign_id: 'procamp_0' })).toEqual(notFound('Campaign with id: procamp_0 was not found'))
  })
})

describe('changed promotions', () => {
  type Changes = Parameters<typeof updatePromotionsRule>[1]['promotions'][number]
  const changed = (change: Omit<Changes, 'id'>, stored = promotion()) =>
    updatePromotionsRule(facts(stored), { promotions: [{ id: 'promo_1', ...change }] })

  test('a method is written only where it, or the type of the promotion, changes', () => {
    expect(changed({ code: 'ELEVEN', metadata: null })).toEqual({
      promotions: [{ id: 'promo_1', code: 'ELEVEN', metadata: null }],
      methods: [],
    })
    expect(changed({ application_method: { value: '11.50' } })).toEqual({
      promotions: [{ id: 'promo_1' }],
      methods: [
        {
          id: 'proappmet_1',
          type: 'fixed',
          target_type: 'items',
          allocation: 'each',
          currency_code: 'eur',
          max_quantity: 2,
          apply_to_quantity: null,
          buy_rules_min_quantity: null,
          value: '11.50',
        },
      ],
    })
    const { methods } = changed({ type: 'standard' })
    expect(methods).toMatchObject([{ id: 'proappmet_1', allocation: 'each' }])
    expect(methods[0]).not.toHaveProperty('value')
  })

  test.each([
    [{ allocation: 'across' as const }, { allocation: 'across', max_quantity: null }],
    [{ target_type: 'order' as const }, { target_type: 'order', allocation: 'across', max_quantity: null }],
    [{ allocation: 'once' as const }, { allocation: 'once', max_quantity: 2 }],
    [{ value: null }, { value: null }],
    [{ currency_code: 'USD' }, { currency_code: 'usd' }],
  ])('given %j, of the method %j is written', (given, expected) => {
    expect(changed({ application_method: given }).methods).toMatchObject([expected])
  })

  test('what is stored and what is given must fit together', () => {
    const refused = (change: Omit<Changes, 'id'>, stored?: Promotion) => {
      const { type, message } = refusalOf(() => changed(change, stored))
      expect(type).toBe('invalid_data')
      return message
    }
    expect(refused({ application_method: { allocation: 'across', max_quantity: 3 } })).toBe(
      'An allocation across takes no max_quantity',
    )
    expect(refused({ application_method: { type: 'percentage', value: '101' } })).toBe('A percentage is at most 100')
    expect(refused({ type: 'buyget' })).toBe('A buyget promotion needs apply_to_quantity and buy_rules_min_quantity')
    const withRules = promotion({ application_method: method({ target_rules: [{ id: 'prorul_1' }] }) })
    expect(refused({ application_method: { target_type: 'order' } }, withRules)).toBe(
      'A promotion of the whole order takes no target rules',
    )
    const bought = method({ apply_to_quantity: 1, buy_rules_min_quantity: 1, buy_rules: [{ id: 'prorul_1' }] })
    expect(refused({ type: 'standard' }, promotion({ type: 'buyget', application_method: bought }))).toBe(
      'Only a buyget promotion takes buy rules',
    )
  })

  test('a method that changes must fit the type that the promotion has', () => {
    const stored = promotion({
      type: 'buyget',
      application_method: method({ apply_to_quantity: 1, buy_rules_min_quantity: 1 }),
    })
    expect(changed({ application_method: { apply_to_quantity: 2 } }, stored).methods).toMatchObject([
      { apply_to_quantity: 2, max_quantity: 2 },
    ])
    expect(refusalOf(() => changed({ application_method: { apply_to_quantity: 3 } }, stored)).message).toBe(
      'A buyget promotion needs a max_quantity that is not less than its apply_to_quantity',
    )
  })

  test('a promotion keeps to the currency of the campaign that it is in afterwards', () => {
    const inEur = promotion({ campaign_id: 'procamp_eur', campaign: campaign('procamp_eur', 'eur') })
    const toUsd = { application_method: { currency_code: 'usd' } }
    expect(refusalOf(() => changed(toUsd, inEur))).toEqual(foreign('TEN', 'usd', 'eur'))
    expect(refusalOf(() => changed({ code: 'NEW', campaign_id: 'procamp_usd' }))).toEqual(foreign('NEW', 'eur', 'usd'))
    expect(changed({ campaign_id: null, ...toUsd }, inEur).promotions).toEqual([{ id: 'promo_1', campaign_id: null }])
    expect(changed({ campaign_id: 'procamp_usd', ...toUsd }, inEur).methods).toMatchObject([{ currency_code: 'usd' }])
    expect(changed({ campaign_id: 'procamp_eur' }).promotions).toEqual([{ id: 'promo_1', campaign_id: 'procamp_eur' }])
  })

  test('a promotion or campaign that is not there is refused', () => {
    expect(refusalOf(() => updatePromotionsRule(facts(), { promotions: [{ id: 'promo_1' }] }))).toEqual(
      notFound('Promotion with id "promo_1" not found'),
    )
    expect(refusalOf(() => changed({ campaign_id: 'procamp_0' }))).toEqual(
      notFound('Campaign with id: procamp_0 was not found'),
    )
  })
})

describe('rules of a promotion', () => {
  const rule = (id: string) => ({ id, attribute: 'sku', operator: 'eq' as const, values: [] })
  type Batch = Parameters<typeof changeRulesRule>[1]
  const batch = (kind: Batch['kind'], more: Partial<Batch> = {}): Batch => ({
    promotion_id: 'promo_1',
    kind,
    create: [],
    update: [],
    delete: [],
    ...more,
  })
  const ids = (...names: string[]) => names.map((id) => ({ id }))
  const stored = promotion({
    type: 'buyget',
    rules: ids('prorul_1'),
    application_method: method({
      apply_to_quantity: 1,
      buy_rules_min_quantity: 1,
      target_rules: ids('prorul_2'),
      buy_rules: ids('prorul_3'),
    }),
  })

  test('are those of the promotion, or of its method', () => {
    const owners = (['rules', 'target_rules', 'buy_rules'] as const).map((kind, i) => {
      const changes = { create: [rule('prorul_9')], update: [rule(`prorul_${i + 1}`)], delete: [`prorul_${i + 1}`] }
      const { owner, ...written } = changeRulesRule(facts(stored), batch(kind, changes))
      expect(written).toEqual({ kind, ...changes })
      return owner
    })
    expect(owners).toEqual(['promo_1', 'proappmet_1', 'proappmet_1'])
  })

  test('are changed one of several', () => {
    const two = promotion({ rules: ids('prorul_1', 'prorul_2') })
    const changes = { update: [rule('prorul_1')], delete: ['prorul_2'] }
    expect(changeRulesRule(facts(two), batch('rules', changes))).toMatchObject(changes)
  })

  test('of another promotion, or of another kind, are not there', () => {
    for (const more of [{ update: [rule('prorul_3')] }, { delete: ['prorul_2', 'prorul_3'] }])
      expect(refusalOf(() => changeRulesRule(facts(stored), batch('target_rules', more)))).toEqual(
        notFound('Promotion Rule with id: prorul_3 was not found'),
      )
    expect(refusalOf(() => changeRulesRule(facts(), batch('rules')))).toEqual(
      notFound('Promotion with id: promo_1 was not found'),
    )
  })

  test('say something about the promotion that they come to', () => {
    const create = { create: [rule('prorul_9')] }
    const order = promotion({
      application_method: method({ target_type: 'order', allocation: 'across', max_quantity: null }),
    })
    const refused = (kind: Batch['kind'], given: Promotion) =>
      refusalOf(() => changeRulesRule(facts(given), batch(kind, create))).message
    expect(refused('target_rules', order)).toBe('A promotion of the whole order takes no target rules')
    expect(refused('buy_rules', promotion())).toBe('Only a buyget promotion takes buy rules')
    expect(changeRulesRule(facts(order), batch('rules', create)).owner).toBe('promo_1')
    expect(changeRulesRule(facts(promotion()), batch('target_rules', create)).owner).toBe('proappmet_1')
  })
})

describe('promotions of a campaign', () => {
  const inEur = promotion({ id: 'promo_2', campaign_id: 'procamp_eur' })

  test('come to it and leave it; one that is not in it is left as it is', () => {
    const change = { id: 'procamp_eur', add: ['promo_1'], remove: ['promo_2', 'promo_1', 'promo_0'] }
    expect(campaignPromotionsRule(facts(promotion(), inEur), change)).toEqual({
      promotions: [
        { id: 'promo_2', campaign_id: null },
        { id: 'promo_1', campaign_id: 'procamp_eur' },
      ],
      methods: [],
    })
    expect(campaignPromotionsRule(facts(), { id: 'procamp_eur' })).toEqual({ promotions: [], methods: [] })
  })

  test('are there, and in its currency', () => {
    const refused = (id: string, add: string[]) =>
      refusalOf(() => campaignPromotionsRule(facts(promotion()), { id, add }))
    expect(refused('procamp_0', [])).toEqual(notFound('Campaign with id: procamp_0 was not found'))
    expect(refused('procamp_eur', ['promo_1', 'promo_0'])).toEqual(notFound('Promotion with id: promo_0 was not found'))
    expect(refused('procamp_usd', ['promo_1'])).toEqual(foreign('TEN', 'eur', 'usd'))
  })
})

describe('changed campaigns', () => {
  const may = { ...campaign('procamp_1'), starts_at: '2026-05-01T00:00:00Z', ends_at: '2026-06-01T00:00:00Z' }
  const bare = { ...may, id: 'procamp_2', budget: null }
  const changed = (...campaigns: Parameters<typeof updateCampaignsRule>[1]['campaigns']) =>
    updateCampaignsRule({ promotions: [], campaigns: [may, bare] }, { campaigns })

  test('are written with the ids of their budgets', () => {
    expect(
      changed(
        { id: 'procamp_1', name: 'May', budget: { limit: '10.50' } },
        { id: 'procamp_1', budget: { limit: null } },
        { id: 'procamp_2', ends_at: null },
      ),
    ).toEqual([
      { id: 'procamp_1', name: 'May', budget: { id: 'procamp_1 budget', limit: '10.50' } },
      { id: 'procamp_1', budget: { id: 'procamp_1 budget', limit: null } },
      { id: 'procamp_2', ends_at: null },
    ])
  })

  test.each([
    [{ ends_at: '2026-04-30T00:00:00Z' }, true],
    [{ starts_at: '2026-06-02T00:00:00Z' }, true],
    [{ starts_at: '2026-06-02T00:00:00Z', ends_at: '2026-06-03T00:00:00Z' }, false],
    [{ starts_at: null, ends_at: '2026-04-30T00:00:00Z' }, false],
    [{ starts_at: '2026-06-02T00:00:00Z', ends_at: null }, false],
  ])('a campaign of May that is given %j would end before it starts: %p', (change, isRefused) => {
    const decide = () => changed({ id: 'procamp_1', ...change })
    if (!isRefused) return expect(decide()).toEqual([{ id: 'procamp_1', ...change }])
    expect(refusalOf(decide)).toEqual({ type: 'invalid_data', message: 'A campaign cannot end before it starts' })
  })

  test('are refused where they, or their budgets, are not there, or their limit is less than nothing', () => {
    expect(refusalOf(() => changed({ id: 'procamp_0' }))).toEqual(notFound('Campaign with id "procamp_0" not found'))
    expect(refusalOf(() => changed({ id: 'procamp_2', budget: {} }))).toEqual(
      notFound('The campaign procamp_2 has no budget'),
    )
    expect(refusalOf(() => changed({ id: 'procamp_1', budget: { limit: '-1' } }))).toEqual({
      ...{ type: 'invalid_data', message: 'The limit of a budget cannot be less than nothing' },
    })
  })
})
