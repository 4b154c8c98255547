import { newId } from '../../framework/workflow/index.ts'
import type { GeoZone, ServiceZone } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

type GeoZoneInput = { id?: string | undefined; type: GeoZone['type']; country_code: string } & Partial<
  Pick<GeoZone, 'province_code' | 'city' | 'postal_expression' | 'metadata'>
>

interface ServiceZoneInput {
  name: string
  fulfillment_set_id: string
  geo_zones?: GeoZoneInput[] | undefined
}

/** Columns that are not given are null: a geo zone that changes its type loses those of the former one. */
const geoZoneRow = ({
  id = newId('fgz'),
  province_code = null,
  city = null,
  postal_expression = null,
  ...geoZone
}: GeoZoneInput) => ({
  id,
  province_code,
  city,
  postal_expression,
  ...geoZone,
})

/** Refused if a name is taken or a set does not exist. */
export async function createServiceZones(input: { service_zones: ServiceZoneInput[] }): Promise<ServiceZone[]> {
  return write.createServiceZones(
    input.service_zones.map(({ geo_zones = [], ...zone }) => ({
      ...zone,
      id: newId('serzo'),
      geo_zones: geo_zones.map(geoZoneRow),
    })),
  )
}

/** If geo zones are given, they replace those of the service zone. */
export async function updateServiceZones({
  service_zones,
}: {
  service_zones: (Partial<ServiceZoneInput> & Pick<ServiceZoneInput, 'fulfillment_set_id'> & { id: string })[]
}): Promise<ServiceZone[]> {
  return write.updateServiceZones(
    service_zones.map(({ geo_zones, ...zone }) => ({
      ...zone,
      ...(geo_zones && { geo_zones: geo_zones.map(geoZoneRow) }),
    })),
  )
}

/** Deletes zones of one set with their geo zones, shipping options and prices. */
export async function deleteServiceZones(zones: { ids: string[]; fulfillment_set_id: string }): Promise<string[]> {
  await write.deleteServiceZones(zones)
  return zones.ids
}
