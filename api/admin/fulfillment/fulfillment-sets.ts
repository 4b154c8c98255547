import { metadata, some } from '../../../framework/http/fields.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, z } from '../../../framework/http/router.ts'
import { changes, deletes, retrieves } from '../../../framework/http/routes.ts'
import { deleteFulfillmentSets } from '../../../workflows/fulfillment/delete-fulfillment-sets.ts'
import {
  createServiceZones,
  deleteServiceZones,
  updateServiceZones,
} from '../../../workflows/fulfillment/service-zones.ts'

const TIMES = ['created_at', 'updated_at', 'deleted_at']
const representation: Representation = {
  entity: 'fulfillment_set',
  one: 'fulfillment_set',
  many: 'fulfillment_sets',
  fields: { defaults: ['id', 'name', 'type', ...TIMES, '*service_zones', '*service_zones.geo_zones'] },
}
const serviceZone: Representation = {
  entity: 'service_zone',
  one: 'service_zone',
  many: 'service_zones',
  fields: { defaults: ['id', 'name', ...TIMES, '*geo_zones'] },
  scope: (c) => ({ filters: { fulfillment_set_id: c.req.param('id')! } }),
}

const country = { id: z.string().optional(), country_code: z.string(), metadata: metadata().optional() }
const province = { ...country, province_code: z.string() }
const city = { ...province, city: z.string() }
const postal_expression = z.record(z.string(), z.unknown()).openapi({
  description:
    "`{ type: 'in', values: ['10115', '101*'] }`: these codes, or all codes with a prefix; `{ type: 'range', values: [from, to] }`: " +
    'all codes of the same length from one to the other. Other expressions match no code.',
})
const geoZone = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('country'), ...country }),
    z.object({ type: z.literal('province'), ...province }),
    z.object({ type: z.literal('city'), ...city }),
    z.object({ type: z.literal('zip'), ...city, postal_expression }),
  ])
  .openapi('GeoZonePlace')
const geo_zones = some(geoZone)

const zones = '/admin/fulfillment-sets/{id}/service-zones'
const zone = `${zones}/{zone_id}` as const

export const fulfillmentSets = createRouter()
deletes(fulfillmentSets, representation, { path: '/admin/fulfillment-sets/{id}', workflow: deleteFulfillmentSets })
changes(fulfillmentSets, representation, {
  path: zones,
  summary: 'Add a service zone to a fulfillment set',
  body: z.strictObject({ name: z.string(), geo_zones }).openapi('NewServiceZone'),
  run: async (c, body, { id }) => {
    await c.var.run(createServiceZones, { service_zones: [{ ...body, fulfillment_set_id: id }] })
  },
})
retrieves(fulfillmentSets, serviceZone, { path: zone, idParam: 'zone_id' })
changes(fulfillmentSets, representation, {
  path: zone,
  summary: 'Update a service zone',
  description: 'If `geo_zones` is given, it replaces all geo zones of the service zone.',
  body: z.strictObject({ name: z.string().nullish(), geo_zones }).openapi('ServiceZoneChange'),
  run: async (c, { name, geo_zones }, { id, zone_id }) => {
    const change = { id: zone_id, fulfillment_set_id: id, ...(name != null && { name }), geo_zones }
    await c.var.run(updateServiceZones, { service_zones: [change] })
  },
})
deletes(fulfillmentSets, serviceZone, {
  path: zone,
  idParam: 'zone_id',
  run: (c, { id, zone_id }) => c.var.run(deleteServiceZones, { ids: [zone_id], fulfillment_set_id: id }),
  parent: { representation, idParam: 'id' },
})
