import { boolean, id, model, type Row, timestamps } from '../../framework/model/model.ts'

/** A payment provider, such as `pp_system_default`. */
export const PaymentProvider = model('payment_provider', {
  id: id('pp'),
  is_enabled: boolean().default(true),
  ...timestamps(),
})
export type PaymentProvider = Row<typeof PaymentProvider>
