import { sql } from 'kysely'
import type { Change, New } from '../../framework/model/model.ts'
import { notFound } from '../../framework/model/refusals.ts'
import { Service } from '../../framework/model/service.ts'
import { brokenReference } from '../../framework/problem.ts'
import type { models } from './models.ts'
import { TaxRate, TaxRateRule } from './models.ts'
import type { NewTaxRegion, TaxRegionChange } from './rules/tax-regions.ts'

type NewRate = New<typeof TaxRate>
type NewRule = New<typeof TaxRateRule>

export interface NewTaxRegions {
  tax_regions: NewTaxRegion[]
  tax_rates: NewRate[]
}

export interface RateChanges {
  tax_rates: Change<typeof TaxRate>[]
  /** Ids of the rates whose rules are replaced by `rules`. */
  rulesOf: string[]
  rules: NewRule[]
}

export class TaxService extends Service<typeof models> {
  /** Existing providers stay as they are. */
  createTaxProviders = (ids: string[]) =>
    this.rows.tax_provider.createMissing(
      ids.map((id) => ({ id })),
      ['id'],
    )

  createTaxRegions = async ({ tax_regions, tax_rates }: NewTaxRegions) => {
    const created = await this.rows.tax_region.create(tax_regions)
    await this.rows.tax_rate.create(tax_rates, { returning: false })
    return created
  }

  updateTaxRegions = (changes: TaxRegionChange[]) => this.rows.tax_region.update(changes)

  /** Also deletes their rates and provinces. */
  deleteTaxRegions = (ids: string[]) => this.rows.tax_region.softDelete(ids)

  createTaxRates = async (tax_rates: NewRate[], rules: NewRule[]) => {
    const regionIds = tax_rates.map(({ tax_region_id }) => tax_region_id)
    const missing = await this.#lockRows('tax_region', regionIds)
    if (missing) throw brokenReference('tax_region_id', missing)
    const created = await this.rows.tax_rate.create(tax_rates)
    await this.rows.tax_rate_rule.create(rules, { returning: false })
    return created
  }

  updateTaxRates = async ({ tax_rates, rulesOf, rules }: RateChanges) => {
    const updated = await this.rows.tax_rate.update(tax_rates)
    const stored = await this.#lockRulesOf(rulesOf)
    const removed = stored.filter((rule) => !rules.some((other) => isSame(rule, other)))
    await this.rows.tax_rate_rule.softDelete(removed.map(({ id }) => id))
    await this.rows.tax_rate_rule.create(
      rules.filter((rule) => !stored.some((other) => isSame(rule, other))),
      { returning: false },
    )
    return updated
  }

  deleteTaxRates = (ids: string[]) => this.rows.tax_rate.softDelete(ids)

  createTaxRateRules = async (rules: NewRule[]) => {
    const missing = await this.#lockRows(
      'tax_rate',
      rules.map(({ tax_rate_id }) => tax_rate_id),
    )
    if (missing) throw notFound(TaxRate, missing)
    return this.rows.tax_rate_rule.create(rules)
  }

  /** @throws Problem `not_found` if a rule does not exist, or belongs to another rate. */
  deleteTaxRateRules = async (ids: string[], tax_rate_id: string) => {
    const stored = await this.#lockRulesOf([tax_rate_id])
    const missing = ids.find((id) => !stored.some((rule) => rule.id === id))
    if (missing) throw notFound(TaxRateRule, missing)
    return this.rows.tax_rate_rule.softDelete(ids)
  }

  /** Locks rows until the step ends. @returns the first id that does not exist. */
  async #lockRows(table: 'tax_region' | 'tax_rate', ids: string[]): Promise<string | undefined> {
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table(table)} where id = any(${ids}::text[]) and deleted_at is null
      order by id for update`.execute(this.db)
    return ids.find((id) => !rows.some((row) => row.id === id))
  }

  /** Locks the rules of rates until the step ends. */
  async #lockRulesOf(rateIds: string[]): Promise<(RuleReference & { id: string })[]> {
    const { rows } = await sql<RuleReference & { id: string }>`
      select id, tax_rate_id, reference, reference_id from ${this.table('tax_rate_rule')}
      where tax_rate_id = any(${rateIds}::text[]) and deleted_at is null order by id for update`.execute(this.db)
    return rows
  }
}

type RuleReference = Pick<TaxRateRule, 'tax_rate_id' | 'reference' | 'reference_id'>

function isSame(a: RuleReference, b: RuleReference): boolean {
  return a.tax_rate_id === b.tax_rate_id && a.reference === b.reference && a.reference_id === b.reference_id
}
