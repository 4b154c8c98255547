import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import type { Query } from '../../framework/query.ts'
import { salesChannel } from '../../modules/sales-channel/index.ts'
import { refuseDefaults } from '../../modules/sales-channel/rules/refuse-defaults.ts'

/** The stores whose default channel is one of these. */
async function storesOf(query: Query, ids: string[]) {
  const listing = { fields: ['default_sales_channel_id'], filters: { default_sales_channel_id: ids } }
  return (await query.list<{ default_sales_channel_id: string }>('store', listing)).rows
}

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
