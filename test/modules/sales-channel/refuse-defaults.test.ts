import { refuseDefaults } from '../../../modules/sales-channel/rules/refuse-defaults.ts'
import { refusalOf } from '../../support/refusal.ts'

test('channels go, unless one of them is the default of a store', () => {
  expect(refuseDefaults(undefined, ['sc_1', 'sc_2'])).toEqual(['sc_1', 'sc_2'])
  expect(refusalOf(() => refuseDefaults({ default_sales_channel_id: 'sc_2' }, ['sc_1', 'sc_2']))).toEqual({
    type: 'not_allowed',
    message: 'Sales channel sc_2 is the default of the store and cannot be deleted',
  })
})
