import { defineModule } from '../../framework/model/module.ts'
import { createSalesChannel } from './migrations/0001-sales-channel.ts'
import { SalesChannel } from './models.ts'
import { SalesChannelService } from './service.ts'

/** Sales channels. */
export const salesChannel = defineModule({
  name: 'sales_channel',
  models: { sales_channel: SalesChannel },
  service: SalesChannelService,
  migrations: { '0001-sales-channel': createSalesChannel },
})
