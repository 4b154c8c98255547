import { defineActivities } from '../framework/activities/define.ts'
import { salesChannel } from '../modules/sales-channel/index.ts'

export const salesChannelActivities = defineActivities(salesChannel, {
  write: ['createSalesChannels', 'updateSalesChannels', 'deleteSalesChannels'],
})
