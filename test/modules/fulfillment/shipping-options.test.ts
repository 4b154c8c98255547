import {
  changedShippingOptions,
  newShippingOptions,
  unusedProfiles,
  unusedTypes,
} from '../../../modules/fulfillment/rules/shipping-options.ts'
import { refusalOf } from '../../support/refusal.ts'

const enabled = { id: 'manual', is_enabled: true }
const zone = (fulfillment_providers = [enabled]) => ({
  id: 'serzo_1',
  fulfillment_set: { location: { fulfillment_providers } },
})
/** A zone is known by its own id for new options, by the option's for others. */
const facts = (known: ReturnType<typeof zone> | { id: string; fulfillment_set: null } = zone()) => ({
  zones: new Map([
    ['serzo_1', known],
    ['so_1', known],
  ]),
  profiles: ['sp_1'],
  types: ['sotype_1'],
})
const option = (more = {}) => ({
  id: 'so_1',
  name: 'Express',
  price_type: 'flat' as const,
  service_zone_id: 'serzo_1',
  provider_id: 'manual',
  shipping_profile_id: 'sp_1',
  shipping_option_type_id: 'sotype_1',
  ...more,
})

test('options of which everything is there may be created and changed', () => {
  const options = [option(), option({ id: 'so_2' })]
  expect(newShippingOptions(facts(), options)).toBe(options)
  const changes = [option(), { id: 'so_1', name: 'Slow' }]
  expect(changedShippingOptions(facts(), changes)).toBe(changes)
  expect(newShippingOptions(facts(), [])).toEqual([])
  expect(changedShippingOptions(facts(), [])).toEqual([])
})

test('a new option needs its zone, a change its option', () => {
  expect(refusalOf(() => newShippingOptions(facts(), [option(), option({ service_zone_id: 'serzo_2' })]))).toEqual({
    type: 'not_found',
    message: 'You tried to set relationship service_zone_id: serzo_2, but such entity does not exist',
  })
  expect(refusalOf(() => changedShippingOptions(facts(), [{ id: 'so_2', name: 'Slow' }]))).toEqual({
    type: 'not_found',
    message: 'ShippingOption with id "so_2" not found',
  })
})

test.each([
  [
    { shipping_profile_id: 'sp_2' },
    'You tried to set relationship shipping_profile_id: sp_2, but such entity does not exist',
  ],
  [
    { shipping_option_type_id: 'sotype_2' },
    'You tried to set relationship type_id: sotype_2, but such entity does not exist',
  ],
])('what %j refers to must be there', (given, message) => {
  const refusal = { type: 'not_found', message }
  expect(refusalOf(() => newShippingOptions(facts(), [option(given)]))).toEqual(refusal)
  expect(refusalOf(() => changedShippingOptions(facts(), [{ id: 'so_1', ...given }]))).toEqual(refusal)
})

test('a type that an option brings itself need not be there', () => {
  const type = { id: 'sotype_2', label: 'New', code: 'new', description: 'Made along' }
  const options = [option({ shipping_option_type_id: 'sotype_2', type })]
  expect(newShippingOptions(facts(), options)).toBe(options)
})

test.each([
  ['the location has another one', zone([{ id: 'other', is_enabled: true }])],
  ['it is not enabled', zone([{ id: 'manual', is_enabled: false }])],
  ['the location has none', zone([])],
  ['the set of the zone has no location', { id: 'serzo_1', fulfillment_set: null }],
])('a provider is refused where %s', (_, known) => {
  const refusal = {
    type: 'not_allowed',
    message: 'Fulfillment provider manual is not enabled at the location of service zone serzo_1',
  }
  expect(refusalOf(() => newShippingOptions(facts(known), [option()]))).toEqual(refusal)
  expect(refusalOf(() => changedShippingOptions(facts(known), [option()]))).toEqual(refusal)
  const nameOnly = [{ id: 'so_1', name: 'Slow' }]
  expect(changedShippingOptions(facts(known), nameOnly)).toBe(nameOnly)
})

test('profiles and types go only while nothing uses them', () => {
  expect(unusedProfiles([], ['sp_1', 'sp_2'])).toEqual(['sp_1', 'sp_2'])
  expect(unusedTypes([], [])).toEqual([])
  expect(refusalOf(() => unusedProfiles(['sp_2', 'sp_3'], ['sp_1', 'sp_2', 'sp_3']))).toEqual({
    type: 'not_allowed',
    message: 'Shipping profiles cannot be deleted while shipping options or products use them: sp_2, sp_3',
  })
  expect(refusalOf(() => unusedTypes(['sotype_1'], ['sotype_1']))).toEqual({
    type: 'not_allowed',
    message: 'Shipping option types cannot be deleted while shipping options use them: sotype_1',
  })
})
