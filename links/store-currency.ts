import { defineLink } from '../framework/link/define-link.ts'

/** The currency of a store, by its code. */
export const storeCurrency = defineLink({
  kind: 'readonly',
  from: 'store_currency',
  column: 'currency_code',
  as: 'currency',
  to: 'currency',
  key: 'code',
})
