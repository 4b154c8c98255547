import { defineModule } from '../../framework/model/module.ts'
import { createTax } from './migrations/0001-tax.ts'
import { taxRefusal } from './migrations/0002-refusal.ts'
import { TaxProvider, TaxRate, TaxRateRule, TaxRegion } from './models.ts'
import { TaxService } from './service.ts'

export const models = {
  tax_provider: TaxProvider,
  tax_region: TaxRegion,
  tax_rate: TaxRate,
  tax_rate_rule: TaxRateRule,
}

/** What taxes are due where. */
export const tax = defineModule({
  name: 'tax',
  models,
  service: TaxService,
  migrations: { '0001-tax': createTax, '0002-refusal': taxRefusal },
})
