import { existingLocations } from '../../../modules/inventory/rules/locations.ts'
import { refusalOf } from '../../support/refusal.ts'

test('a change goes through if all locations of its levels exist; the first that does not is named', () => {
  const change = { create: [] }
  const levels = [{ location_id: 'sloc_1' }, { location_id: 'sloc_2' }, { location_id: 'sloc_1' }]
  expect(existingLocations(change, levels, ['sloc_2', 'sloc_1'])).toBe(change)
  expect(existingLocations(change, [], [])).toBe(change)
  expect(refusalOf(() => existingLocations(change, levels, ['sloc_1']))).toEqual({
    type: 'not_found',
    message: 'Stock Location with id: sloc_2 was not found',
  })
})
