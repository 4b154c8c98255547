import * as filter from '../../../framework/http/filters.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import type { View } from '../../../framework/http/view.ts'

const path = '/store/currencies'
const defaults = ['code', 'name', 'symbol', 'symbol_native', 'decimal_digits', 'rounding']
const view: View = {
  entity: 'currency',
  one: 'currency',
  many: 'currencies',
  fields: { defaults, allowed: [...defaults, 'created_at', 'updated_at', 'deleted_at'], maxRelations: 3 },
  missing: (code) => `Currency with code: ${code} was not found`,
}

export const storeCurrencies = createRouter()
lists(storeCurrencies, view, { path, limit: 50, filters: filter.texts('code') })
retrieves(storeCurrencies, view, { path: `${path}/{code}`, idParam: 'code' })
