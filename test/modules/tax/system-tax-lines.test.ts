import { systemTaxProvider } from '../../../modules/tax/provider.ts'
import { systemTaxLines } from '../../../modules/tax/rules/system-tax-lines.ts'

const rate = (id: string, percent: number | null) => ({
  id,
  rate: percent,
  code: `${id} code`,
  name: `Rate ${id}`,
  is_default: true,
  is_combinable: false,
  rules: [],
})
const item = (id: string, more = {}) => ({
  id,
  kind: 'item' as const,
  unit_price: '10',
  quantity: '2',
  currency_code: 'eur',
  rates: [rate('state', 7.25)],
  ...more,
})
const line = (line_id: string, id: string, percent: number) => ({
  line_id,
  tax_rate_id: id,
  rate: percent,
  description: `Rate ${id}`,
  code: `${id} code`,
  provider_id: 'tp_system',
})

test('each item has a line for each of its rates, in their order; a rate that says none is 0', () => {
  const items = [
    item('cali_1', { rates: [rate('state', 7.25), rate('federal', null)] }),
    item('casm_1', { kind: 'shipping' }),
  ]
  expect(systemTaxLines(items)).toEqual([
    line('cali_1', 'state', 7.25),
    line('cali_1', 'federal', 0),
    line('casm_1', 'state', 7.25),
  ])
})

test('no tax is due on a gift card, nor where there are no rates', () => {
  expect(systemTaxLines([item('cali_1', { is_giftcard: true }), item('cali_2', { rates: [] })])).toEqual([])
  expect(systemTaxLines([item('cali_1', { is_giftcard: false })])).toEqual([line('cali_1', 'state', 7.25)])
  expect(systemTaxLines([])).toEqual([])
})

test('the system provider answers with these lines', async () => {
  const lines = await systemTaxProvider.getTaxLines([item('cali_1')], { address: { country_code: 'us' } })
  expect(lines).toEqual([line('cali_1', 'state', 7.25)])
})
