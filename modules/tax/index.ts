import { defineModule } from '../../framework/model/module.ts'
import { createTax } from './migrations/0001-tax.ts'
import { taxRefusal } from './migrations/0002-refusal.ts'
import { models } from './models.ts'
import { TaxService } from './service.ts'

/** Tax regions, rates and their rules. */
export const tax = defineModule({
  name: 'tax',
  models,
  service: TaxService,
  migrations: { '0001-tax': createTax, '0002-refusal': taxRefusal },
})
