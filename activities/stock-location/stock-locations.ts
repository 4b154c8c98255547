import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { lockMatching } from '../../framework/activities/facts.ts'
import { link } from '../../framework/link/module.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { stockLocation } from '../../modules/stock-location/index.ts'
import { shape } from '../../query/shape.ts'
import { deleteOptionPrices, optionsOfZones, zonesOfSets } from '../fulfillment/fulfillment-sets.ts'

const FulfillmentSet = shape('fulfillment_set', { id: true })

export const stockLocationActivities = defineActivities(stockLocation, {
  write: ['createStockLocations', 'updateStockLocations'],
  decide: {
    deleteStockLocations: decide({
      modules: { stockLocation, fulfillment, pricing, link },
      lock: (ids: string[]) => ({ stock_location: ids }),
      facts: async (query, ids) => {
        const sets = await lockMatching(query, FulfillmentSet, { locations_link: { stock_location_id: ids } })
        return { sets, options: await optionsOfZones(query, await zonesOfSets(query, sets)) }
      },
      rule: (facts) => facts,
      write: async ({ stockLocation, ...services }, { sets, options }, ids) => {
        await deleteOptionPrices(services, options)
        await services.fulfillment.deleteFulfillmentSets(sets)
        await stockLocation.deleteStockLocations(ids)
      },
    }),
  },
})
