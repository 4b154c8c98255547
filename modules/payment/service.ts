import { Service } from '../../framework/model/service.ts'
import type { PaymentProvider } from './models.ts'

export class PaymentService extends Service<{ payment_provider: typeof PaymentProvider }> {
  /** Existing providers stay as they are. */
  createPaymentProviders = (ids: string[]) =>
    this.rows.payment_provider.createMissing(
      ids.map((id) => ({ id })),
      ['id'],
    )
}
