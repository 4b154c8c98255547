import { defineModule } from '../../framework/model/module.ts'
import { createStockLocation } from './migrations/0001-stock-location.ts'
import { models } from './models.ts'
import { StockLocationService } from './service.ts'

/** Stock locations and their addresses. */
export const stockLocation = defineModule({
  name: 'stock_location',
  models,
  service: StockLocationService,
  migrations: { '0001-stock-location': createStockLocation },
})
