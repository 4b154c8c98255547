import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'

const path = '/store/currencies'
const defaults = ['code', 'name', 'symbol', 'symbol_native', 'decimal_digits', 'rounding']
const representation: Representation = {
  entity: 'currency',
  one: 'currency',
  many: 'currencies',
  fields: { defaults, allowed: [...defaults, 'created_at', 'updated_at', 'deleted_at'], maxRelations: 3 },
  missing: (code) => `Currency with code: ${code} was not found`,
}

export const storeCurrencies = createRouter()
lists(storeCurrencies, representation, { path, limit: 50, filters: filter.texts('code') })
retrieves(storeCurrencies, representation, { path: `${path}/{code}`, idParam: 'code' })
