import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { stockLocation } from '../../modules/stock-location/index.ts'

export const stockLocationActivities = defineActivities(stockLocation, {
  write: [...changesOf('StockLocations')],
})
