import { defineModule } from '../../framework/model/module.ts'
import { createPayment } from './migrations/0001-payment.ts'
import { PaymentProvider } from './models.ts'
import { PaymentService } from './service.ts'

/** Payment providers. */
export const payment = defineModule({
  name: 'payment',
  models: { payment_provider: PaymentProvider },
  service: PaymentService,
  migrations: { '0001-payment': createPayment },
})
