import { bigNumber, integer, model, type Row, sameAs, text, timestamps } from '../../framework/model/model.ts'

/** A currency; its key is the code. */
export const Currency = model('currency', {
  id: sameAs('code'),
  code: text().searchable(),
  symbol: text(),
  symbol_native: text(),
  name: text().searchable(),
  decimal_digits: integer().default(0),
  rounding: bigNumber().default(0),
  ...timestamps(),
})
export type Currency = Row<typeof Currency>
