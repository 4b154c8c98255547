import * as filter from '../../../framework/http/filters.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import type { View } from '../../../framework/http/view.ts'

const path = '/admin/currencies'
const view: View = {
  entity: 'currency',
  one: 'currency',
  many: 'currencies',
  fields: { defaults: ['code', 'name', 'symbol', 'symbol_native', 'decimal_digits', 'rounding'] },
  missing: (code) => `Currency with code: ${code} was not found`,
}

export const currencies = createRouter()
lists(currencies, view, { path, limit: 200, filters: filter.texts('code') })
retrieves(currencies, view, { path: `${path}/{code}`, idParam: 'code' })
