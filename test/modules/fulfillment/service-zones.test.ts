import { zonesOfSet } from '../../../modules/fulfillment/rules/service-zones.ts'
import { refusalOf } from '../../support/refusal.ts'

test('zones of the set are deleted, others are not there', () => {
  const zones = ['serzo_1', 'serzo_2']
  expect(zonesOfSet(zones, ['serzo_2', 'serzo_1'])).toEqual(['serzo_2', 'serzo_1'])
  expect(zonesOfSet(zones, [])).toEqual([])
  expect(refusalOf(() => zonesOfSet(zones, ['serzo_1', 'serzo_3', 'serzo_4']))).toEqual({
    type: 'not_found',
    message: 'Service Zone with id: serzo_3 was not found',
  })
})
