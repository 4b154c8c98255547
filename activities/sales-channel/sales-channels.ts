import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import type { Query } from '../../framework/query.ts'
import { salesChannel } from '../../modules/sales-channel/index.ts'
import { refuseDefaults } from '../../modules/sales-channel/rules/refuse-defaults.ts'
import { shape } from '../../query/shape.ts'

const DefaultChannel = shape('store', { default_sales_channel_id: true })

/** The stores whose default channel is one of these. */
const storesOf = (query: Query, ids: string[]) => query.find(DefaultChannel, { default_sales_channel_id: ids })

export const salesChannelActivities = defineActivities(salesChannel, {
  write: ['createSalesChannels', 'updateSalesChannels'],
  decide: {
    deleteSalesChannels: decide({
      modules: { salesChannel },
      facts: storesOf,
      rule: refuseDefaults,
      write: ({ salesChannel }, ids) => salesChannel.deleteSalesChannels(ids),
      events: (ids) => ({ 'sales-channel.deleted': ids }),
    }),
  },
})
