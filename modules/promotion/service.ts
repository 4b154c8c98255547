import { sql } from 'kysely'
import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { Campaign, CampaignBudget } from './campaigns.ts'
import type { ApplicationMethod, models, Promotion, PromotionRule } from './models.ts'
import type { RuleKind } from './rules/promotion.ts'

export interface NewRule extends New<typeof PromotionRule> {
  values: { id: string; value: string }[]
}
export type NewCampaign = New<typeof Campaign> & {
  budget?: Omit<New<typeof CampaignBudget>, 'campaign_id'> | null | undefined
}
export type NewPromotion = New<typeof Promotion> & {
  /** A campaign to create with the promotion. */
  campaign?: NewCampaign | undefined
  application_method: Omit<New<typeof ApplicationMethod>, 'promotion_id'> &
    Record<'target_rules' | 'buy_rules', NewRule[]>
  rules: NewRule[]
}

export interface PromotionChanges {
  promotions: Change<typeof Promotion>[]
  methods: Change<typeof ApplicationMethod>[]
}

export type RuleChange = Change<typeof PromotionRule> & { values: NewRule['values'] }
export interface RuleChanges {
  kind: RuleKind
  /** The id of the promotion, or of its application method for target and buy rules. */
  owner: string
  create: NewRule[]
  update: RuleChange[]
  delete: string[]
}

export type CampaignChange = Change<typeof Campaign> & { budget?: Change<typeof CampaignBudget> | undefined }

export class PromotionService extends Service<typeof models> {
  createCampaigns = async (campaigns: NewCampaign[]) => {
    const rows = await this.rows.promotion_campaign.create(campaigns.map(({ budget: _, ...campaign }) => campaign))
    await this.rows.promotion_campaign_budget.create(
      campaigns.flatMap(({ id, budget }) => (budget ? [{ ...budget, campaign_id: id }] : [])),
      { returning: false },
    )
    return rows
  }

  updateCampaigns = async (changes: CampaignChange[]) => {
    await this.rows.promotion_campaign_budget.update(changes.flatMap(({ budget }) => budget ?? []))
    return this.rows.promotion_campaign.update(changes.map(({ budget: _, ...campaign }) => campaign))
  }

  deleteCampaigns = (ids: string[]) => this.rows.promotion_campaign.softDelete(ids)

  createPromotions = async (promotions: NewPromotion[]) => {
    await this.createCampaigns(promotions.flatMap(({ campaign }) => campaign ?? []))
    const rows = await this.rows.promotion.create(
      promotions.map(({ campaign: _, application_method: __, rules: ___, ...promotion }) => promotion),
    )
    await this.rows.promotion_application_method.create(
      promotions.map(({ id, application_method: { target_rules: _, buy_rules: __, ...method } }) => ({
        ...method,
        promotion_id: id,
      })),
      { returning: false },
    )
    for (const { id, application_method: method, rules } of promotions) {
      await this.#createRules('rules', id, rules)
      await this.#createRules('target_rules', method.id, method.target_rules)
      await this.#createRules('buy_rules', method.id, method.buy_rules)
    }
    return rows
  }

  updatePromotions = async ({ promotions, methods }: PromotionChanges) => {
    await this.rows.promotion_application_method.update(methods)
    return this.rows.promotion.update(promotions)
  }

  /** Also deletes their application methods and rules. */
  deletePromotions = async (ids: string[]) => {
    await this.rows.promotion.softDelete(ids)
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table('promotion_rule')} where deleted_at is null and id in (
        select promotion_rule_id from ${this.table('promotion_promotion_rule')} where promotion_id = any(${ids}::text[])
        union all
        select promotion_rule_id from ${this.table('promotion_application_method')} as method
        join (
          select * from ${this.table('application_method_target_rules')}
          union all select * from ${this.table('application_method_buy_rules')}
        ) as of_method on of_method.application_method_id = method.id
        where method.promotion_id = any(${ids}::text[])
      )`.execute(this.db)
    await this.rows.promotion_rule.softDelete(rows.map(({ id }) => id))
    return ids
  }

  changePromotionRules = async ({ kind, owner, create, update, delete: ids }: RuleChanges): Promise<void> => {
    await this.rows.promotion_rule.softDelete(ids)
    await this.#createRules(kind, owner, create)
    await this.rows.promotion_rule.update(update.map(({ values: _, ...rule }) => rule))
    await this.#replaceValues(update)
  }

  async #createRules(kind: RuleKind, owner: string, rules: NewRule[]): Promise<void> {
    if (rules.length === 0) return
    await this.rows.promotion_rule.create(
      rules.map(({ values: _, ...rule }) => rule),
      { returning: false },
    )
    await this.#createValues(rules)
    const links = rules.map(({ id }) => ({ id, promotion_rule_id: id }))
    if (kind === 'rules') {
      await this.rows.promotion_promotion_rule.create(
        links.map((link) => ({ ...link, promotion_id: owner })),
        { returning: false },
      )
    } else {
      await this.rows[`application_method_${kind}`].create(
        links.map((link) => ({ ...link, application_method_id: owner })),
        { returning: false },
      )
    }
  }

  async #replaceValues(rules: RuleChange[]): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table('promotion_rule_value')}
      where promotion_rule_id = any(${rules.map(({ id }) => id)}::text[]) and deleted_at is null`.execute(this.db)
    await this.rows.promotion_rule_value.softDelete(rows.map(({ id }) => id))
    await this.#createValues(rules)
  }

  async #createValues(rules: Pick<RuleChange, 'id' | 'values'>[]): Promise<void> {
    const values = rules.flatMap(({ id, values }) => values.map((value) => ({ ...value, promotion_rule_id: id })))
    await this.rows.promotion_rule_value.create(values, { returning: false })
  }
}
