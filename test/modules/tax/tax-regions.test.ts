import { refuseNewTaxRegion, refuseTaxRegionChange } from '../../../modules/tax/rules/tax-regions.ts'
import { refusalOf } from '../../support/refusal.ts'

const us = { id: 'txreg_us', country_code: 'us', parent_id: null }
const texas = { id: 'txreg_tx', country_code: 'us', parent_id: 'txreg_us' }
const facts = { countries: ['us', 'de'], providers: ['tp_system'], regions: [us, texas] }

const country = (more = {}) => ({ id: 'txreg_1', country_code: 'us', created_by: 'user_1', ...more })
const province = (more = {}) => country({ province_code: 'us-ca', parent_id: 'txreg_us', ...more })

test.each([
  country(),
  country({ provider_id: 'tp_system' }),
  country({ provider_id: null, parent_id: null, province_code: null }),
  province(),
  province({ provider_id: null }),
])('the tax region %j may be created', (region) => {
  expect(refuseNewTaxRegion(facts, region)).toBeUndefined()
})

const reference = (key: string, id: string) =>
  `You tried to set relationship ${key}: ${id}, but such entity does not exist`
const OF_COUNTRY = 'A tax region of a province has no provider_id: that of its country holds'

test.each([
  [country({ country_code: 'zz' }), 'invalid_data', 'Country with code zz does not exist'],
  [country({ provider_id: 'tp_2' }), 'not_found', reference('provider_id', 'tp_2')],
  [province({ provider_id: 'tp_2' }), 'not_found', reference('provider_id', 'tp_2')],
  [
    province({ parent_id: null }),
    'invalid_data',
    'A tax region of a province needs parent_id: the tax region of its country',
  ],
  [
    province({ province_code: null }),
    'invalid_data',
    'A tax region with parent_id needs province_code: it is that of a province',
  ],
  [province({ provider_id: 'tp_system' }), 'invalid_data', OF_COUNTRY],
  [province({ parent_id: 'txreg_none' }), 'not_found', reference('parent_id', 'txreg_none')],
  [
    province({ parent_id: 'txreg_tx' }),
    'invalid_data',
    'The tax region txreg_tx is that of a province: it cannot be a parent',
  ],
  [province({ country_code: 'de' }), 'invalid_data', 'The tax region txreg_us is that of us, not of de'],
])('the tax region %j is refused: %s', (region, type, message) => {
  expect(refusalOf(() => refuseNewTaxRegion(facts, region))).toEqual({ type, message })
})

test.each([
  { id: 'txreg_us', provider_id: 'tp_system', province_code: null },
  { id: 'txreg_us', province_code: '' },
  { id: 'txreg_tx', province_code: 'us-nm' },
  { id: 'txreg_tx', metadata: null },
  { id: 'txreg_none', provider_id: 'tp_2' }, // who writes it says that it is not there
])('the change %j may be made', (change) => {
  expect(refuseTaxRegionChange(facts, change)).toBeUndefined()
})

test.each([
  [{ id: 'txreg_us', provider_id: 'tp_2' }, 'not_found', reference('provider_id', 'tp_2')],
  [{ id: 'txreg_tx', provider_id: 'tp_system' }, 'invalid_data', OF_COUNTRY],
  [{ id: 'txreg_tx', province_code: null }, 'invalid_data', 'A tax region of a province needs its province_code'],
  [{ id: 'txreg_tx', province_code: '' }, 'invalid_data', 'A tax region of a province needs its province_code'],
  [{ id: 'txreg_us', province_code: 'us-ca' }, 'invalid_data', 'The tax region of a country has no province_code'],
])('the change %j is refused: %s', (change, type, message) => {
  expect(refusalOf(() => refuseTaxRegionChange(facts, change))).toEqual({ type, message })
})
