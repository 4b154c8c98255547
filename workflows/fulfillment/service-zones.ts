import { newId } from '../../framework/workflow/index.ts'
import type { GeoZone, ServiceZone } from '../../modules/fulfillment/models.ts'
import { write } from '../steps.ts'

type Place = { id?: string | undefined; type: GeoZone['type']; country_code: string } & Partial<
  Pick<GeoZone, 'province_code' | 'city' | 'postal_expression' | 'metadata'>
>

interface Fields {
  name: string
  fulfillment_set_id: string
  geo_zones?: Place[] | undefined
}

/** With all that a zone of another kind may have had set to null. */
const placed = ({
  id = newId('fgz'),
  province_code = null,
  city = null,
  postal_expression = null,
  ...place
}: Place) => ({
  id,
  province_code,
  city,
  postal_expression,
  ...place,
})

/** Adds zones with their places: all of them, or none where a name is taken or a set is not there. */
export async function createServiceZones({ service_zones }: { service_zones: Fields[] }): Promise<ServiceZone[]> {
  return write.createServiceZones(
    service_zones.map(({ geo_zones = [], ...zone }) => ({
      ...zone,
      id: newId('serzo'),
      geo_zones: geo_zones.map(placed),
    })),
  )
}

/** Changes what is given; places that are given are all that a zone then has. */
export async function updateServiceZones({
  service_zones,
}: {
  service_zones: (Partial<Fields> & Pick<Fields, 'fulfillment_set_id'> & { id: string })[]
}): Promise<ServiceZone[]> {
  return write.updateServiceZones(
    service_zones.map(({ geo_zones, ...zone }) => ({
      ...zone,
      ...(geo_zones && { geo_zones: geo_zones.map(placed) }),
    })),
  )
}

/** Deletes zones of a set with their places, shipping options and prices. */
export async function deleteServiceZones(zones: { ids: string[]; fulfillment_set_id: string }): Promise<string[]> {
  await write.deleteServiceZones(zones)
  return zones.ids
}
