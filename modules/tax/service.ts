import { sql } from 'kysely'
import type { Change, New } from '../../framework/model/model.ts'
import { notFound } from '../../framework/model/refusals.ts'
import { Service } from '../../framework/model/service.ts'
import { brokenReference } from '../../framework/problem.ts'
import type { models } from './index.ts'
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
  /** All rules that these rates have from now on. */
  rulesOf: string[]
  rules: NewRule[]
}

export class TaxService extends Service<typeof models> {
  /** Those that are there already stay as they are. */
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

  /** With their rates, and those of their provinces. */
  deleteTaxRegions = (ids: string[]) => this.rows.tax_region.softDelete(ids)

  createTaxRates = async (tax_rates: NewRate[], rules: NewRule[]) => {
    const regionIds = tax_rates.map(({ tax_region_id }) => tax_region_id)
    const absent = await this.#holdOf('tax_region', regionIds)
    if (absent) throw brokenReference('tax_region_id', absent)
    const created = await this.rows.tax_rate.create(tax_rates)
    await this.rows.tax_rate_rule.create(rules, { returning: false })
    return created
  }

  updateTaxRates = async ({ tax_rates, rulesOf, rules }: RateChanges) => {
    const updated = await this.rows.tax_rate.update(tax_rates)
    const held = await this.#rulesOf(rulesOf)
    const gone = held.filter((rule) => !rules.some((other) => isSame(rule, other)))
    await this.rows.tax_rate_rule.softDelete(gone.map(({ id }) => id))
    await this.rows.tax_rate_rule.create(
      rules.filter((rule) => !held.some((other) => isSame(rule, other))),
      { returning: false },
    )
    return updated
  }

  deleteTaxRates = (ids: string[]) => this.rows.tax_rate.softDelete(ids)

  createTaxRateRules = async (rules: NewRule[]) => {
    const absent = await this.#holdOf(
      'tax_rate',
      rules.map(({ tax_rate_id }) => tax_rate_id),
    )
    if (absent) throw notFound(TaxRate, absent)
    return this.rows.tax_rate_rule.create(rules)
  }

  /** @throws Problem `not_found` where one is not there, or is no rule of that rate. */
  deleteTaxRateRules = async (ids: string[], tax_rate_id: string) => {
    const held = await this.#rulesOf([tax_rate_id])
    const absent = ids.find((id) => !held.some((rule) => rule.id === id))
    if (absent) throw notFound(TaxRateRule, absent)
    return this.rows.tax_rate_rule.softDelete(ids)
  }

  /** Keeps others from deleting rows until the step is done. @returns the first id that is not there. */
  async #holdOf(table: 'tax_region' | 'tax_rate', ids: string[]): Promise<string | undefined> {
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table(table)} where id = any(${ids}::text[]) and deleted_at is null
      order by id for update`.execute(this.db)
    return ids.find((id) => !rows.some((row) => row.id === id))
  }

  /** The rules of rates, which nobody else changes until the step is done. */
  async #rulesOf(rateIds: string[]): Promise<(Named & { id: string })[]> {
    const { rows } = await sql<Named & { id: string }>`
      select id, tax_rate_id, reference, reference_id from ${this.table('tax_rate_rule')}
      where tax_rate_id = any(${rateIds}::text[]) and deleted_at is null order by id for update`.execute(this.db)
    return rows
  }
}

type Named = Pick<TaxRateRule, 'tax_rate_id' | 'reference' | 'reference_id'>

function isSame(a: Named, b: Named): boolean {
  return a.tax_rate_id === b.tax_rate_id && a.reference === b.reference && a.reference_id === b.reference_id
}
