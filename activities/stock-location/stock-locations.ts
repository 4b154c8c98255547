import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import { link } from '../../framework/link/module.ts'
import type { Query } from '../../framework/query.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { stockLocation } from '../../modules/stock-location/index.ts'
import { deleteOptionPrices, optionsOfZones, zonesOfSets } from '../fulfillment/fulfillment-sets.ts'

export const stockLocationActivities = defineActivities(stockLocation, {
  write: ['createStockLocations', 'updateStockLocations'],
  decide: {
    deleteStockLocations: decide({
      modules: { stockLocation, fulfillment, pricing, link },
      lock: (ids: string[]) => ({ stock_location: ids }),
      facts: async (query, ids) => {
        const sets = await setsOfLocations(query, ids)
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

/** Those that nobody deletes meanwhile. */
async function setsOfLocations(query: Query, ids: string[]): Promise<string[]> {
  const links = await rowsById<{ fulfillment_set_id: string }>(
    query,
    'location_fulfillment_set',
    ids,
    ['fulfillment_set_id'],
    (stock_location_id) => ({ stock_location_id }),
  )
  const sets = links.map(({ fulfillment_set_id }) => fulfillment_set_id)
  const { fulfillment_set: gone = [] } = await query.lock({ fulfillment_set: sets })
  return sets.filter((id) => !gone.includes(id))
}
