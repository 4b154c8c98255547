/** Checks of changes to promotions and campaigns. */
import { nothingToUpdate, Problem } from '../../../framework/problem.ts'
import type { Campaign, CampaignBudget } from '../campaigns.ts'
import type { ApplicationMethod, Promotion } from '../models.ts'
import type { NewPromotion, PromotionChanges, RuleChanges } from '../service.ts'
import { refuseForeign, refuseLimit, refuseTimes } from './campaign.ts'
import { checkedMethod, type Method } from './method.ts'

export const RULE_KINDS = ['rules', 'target_rules', 'buy_rules'] as const
export type RuleKind = (typeof RULE_KINDS)[number]

type Ids = { id: string }[]
type StoredCampaign = Pick<Campaign, 'id' | 'starts_at' | 'ends_at'> & {
  budget: Pick<CampaignBudget, 'id' | 'currency_code'> | null
}
type StoredMethod = Method & { id: string; target_rules: Ids; buy_rules: Ids }
type StoredPromotion = Pick<Promotion, 'id' | 'code' | 'type' | 'campaign_id'> & {
  rules: Ids
  campaign: StoredCampaign | null
  application_method: StoredMethod | null
}

export interface PromotionFacts {
  promotions: StoredPromotion[]
  campaigns: StoredCampaign[]
}

export interface UpdatePromotionsInput {
  promotions: (Partial<Omit<Promotion, 'id'>> & {
    id: string
    application_method?: Partial<Omit<ApplicationMethod, 'id' | 'promotion_id'>> | undefined
  })[]
}

/** @throws Problem if a campaign does not exist, or its budget has another currency. */
export function createPromotionsRule({ campaigns }: PromotionFacts, promotions: NewPromotion[]): NewPromotion[] {
  for (const { code, campaign, campaign_id, application_method } of promotions) {
    const theirs = campaign ?? (campaign_id ? found(campaigns, campaign_id, 'Campaign') : undefined)
    if (theirs) refuseForeign(theirs, { code, currency_code: application_method.currency_code })
  }
  return promotions
}

/** @throws Problem if a promotion or campaign does not exist, or the changed promotion is inconsistent. */
export function updatePromotionsRule(facts: PromotionFacts, { promotions }: UpdatePromotionsInput): PromotionChanges {
  const methods: PromotionChanges['methods'] = []
  for (const change of promotions) {
    const stored = changed(facts.promotions, change.id, 'Promotion')
    const method = changedMethod(stored, change)
    if (method) methods.push(method)
    const { campaign_id, code = stored.code } = change
    const campaign = campaign_id ? found(facts.campaigns, campaign_id, 'Campaign') : stored.campaign
    const { currency_code } = method ?? methodOf(stored)
    if (campaign && campaign_id !== null) refuseForeign(campaign, { code, currency_code })
  }
  return { promotions: promotions.map(({ application_method: _, ...promotion }) => promotion), methods }
}

/** A method that is allocated across items has no quantity. */
function changedMethod(
  promotion: StoredPromotion,
  { type, application_method: given }: UpdatePromotionsInput['promotions'][number],
): PromotionChanges['methods'][number] | undefined {
  if (!given && !type) return undefined
  const stored = methodOf(promotion)
  const { target_rules, buy_rules, ...method } = { ...stored, ...given }
  const isAcross = method.target_type === 'order' || method.allocation === 'across'
  const merged = { ...method, ...(isAcross && given?.max_quantity === undefined && { max_quantity: null }) }
  const counts = { target: target_rules.length, buy: buy_rules.length }
  const checked = checkedMethod(type ?? promotion.type, merged, counts)
  const { currency_code, max_quantity, apply_to_quantity, buy_rules_min_quantity, target_type, allocation } = checked
  const quantities = { max_quantity, apply_to_quantity, buy_rules_min_quantity }
  const value = given?.value !== undefined && { value: given.value }
  return { id: stored.id, type: checked.type, target_type, allocation, currency_code, ...quantities, ...value }
}

/** @throws Problem `not_found` if a rule belongs to another promotion or is of another kind. */
export function changeRulesRule(
  { promotions: [promotion] }: PromotionFacts,
  { promotion_id, ...changes }: { promotion_id: string } & Omit<RuleChanges, 'owner'>,
): RuleChanges {
  if (!promotion) throw missing('Promotion', promotion_id)
  const { type, rules } = promotion
  const method = methodOf(promotion)
  const { kind, create, update, delete: ids } = changes
  const existing = kind === 'rules' ? rules : method[kind]
  const missingId = [...update.map(({ id }) => id), ...ids].find((id) => !existing.some((rule) => rule.id === id))
  if (missingId) throw missing('Promotion Rule', missingId)
  const count = existing.length + create.length - ids.length
  checkedMethod(type, method, { target: 0, buy: 0, ...(kind !== 'rules' && { [KEY_OF[kind]]: count }) })
  return { ...changes, owner: kind === 'rules' ? promotion_id : method.id }
}

const KEY_OF = { target_rules: 'target', buy_rules: 'buy' } as const

export interface CampaignPromotionsInput {
  id: string
  add?: string[]
  remove?: string[]
}

/** Adds promotions to a campaign and removes them. Promotions to remove that are not in it are ignored. */
export function campaignPromotionsRule(
  { promotions, campaigns }: PromotionFacts,
  { id, add = [], remove = [] }: CampaignPromotionsInput,
): PromotionChanges {
  const campaign = found(campaigns, id, 'Campaign')
  for (const one of add) {
    const promotion = found(promotions, one, 'Promotion')
    refuseForeign(campaign, { code: promotion.code, currency_code: methodOf(promotion).currency_code })
  }
  const leaving = remove.filter((one) => promotions.some((it) => it.id === one && it.campaign_id === id))
  return {
    promotions: [
      ...leaving.map((one) => ({ id: one, campaign_id: null })),
      ...add.map((one) => ({ id: one, campaign_id: id })),
    ],
    methods: [],
  }
}

export interface UpdateCampaignsInput {
  campaigns: (Partial<Omit<Campaign, 'id'>> & {
    id: string
    budget?: { limit?: string | null | undefined } | undefined
  })[]
}

/** Returns the changes with the ids of the budgets. @throws Problem if a campaign has no budget, or would end before it starts. */
export function updateCampaignsRule({ campaigns: there }: PromotionFacts, { campaigns }: UpdateCampaignsInput) {
  return campaigns.map(({ budget, ...change }) => {
    const stored = changed(there, change.id, 'Campaign')
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    refuseTimes({ ...stored, ...Object.fromEntries(given) })
    refuseLimit(budget?.limit)
    if (!budget) return change
    if (!stored.budget) throw new Problem('not_found', `The campaign ${change.id} has no budget`)
    return { ...change, budget: { ...budget, id: stored.budget.id } }
  })
}

function methodOf({ id, application_method }: StoredPromotion): StoredMethod {
  if (!application_method) throw missing('Application Method of Promotion', id)
  return application_method
}

function found<R extends { id: string }>(rows: R[], id: string, title: string): R {
  const row = rows.find((one) => one.id === id)
  if (!row) throw missing(title, id)
  return row
}

function changed<R extends { id: string }>(rows: R[], id: string, title: string): R {
  const row = rows.find((one) => one.id === id)
  if (!row) throw nothingToUpdate(title, id)
  return row
}

function missing(title: string, id: string): Problem {
  return new Problem('not_found', `${title} with id: ${id} was not found`)
}
