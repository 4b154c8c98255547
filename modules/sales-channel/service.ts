import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { SalesChannel } from './models.ts'

export class SalesChannelService extends Service<{ sales_channel: typeof SalesChannel }> {
  createSalesChannels = (channels: New<typeof SalesChannel>[]) => this.rows.sales_channel.create(channels)
  updateSalesChannels = (channels: Change<typeof SalesChannel>[]) => this.rows.sales_channel.update(channels)
  deleteSalesChannels = (ids: string[]) => this.rows.sales_channel.softDelete(ids)
}
