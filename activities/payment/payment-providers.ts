import { defineActivities } from '../../framework/activities/define.ts'
import { payment } from '../../modules/payment/index.ts'

export const paymentActivities = defineActivities(payment, { write: ['createPaymentProviders'] })
