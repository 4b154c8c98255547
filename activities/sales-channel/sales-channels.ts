import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { salesChannel } from '../../modules/sales-channel/index.ts'
import { refuseDefaults } from '../../modules/sales-channel/rules/refuse-defaults.ts'
import { shape } from '../../query/shape.ts'

const Store = shape('store', { default_sales_channel_id: true })

export const salesChannelActivities = defineActivities(salesChannel, {
  write: ['createSalesChannels', 'updateSalesChannels'],
  decide: {
    deleteSalesChannels: decide({
      modules: { salesChannel },
      facts: (query, ids: string[]) => query.first(Store, { default_sales_channel_id: ids }),
      rule: refuseDefaults,
      write: ({ salesChannel }, ids) => salesChannel.deleteSalesChannels(ids),
      events: (ids) => ({ 'sales-channel.deleted': ids }),
    }),
  },
})
