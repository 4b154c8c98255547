import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'

const path = '/admin/currencies'
const representation: Representation = {
  entity: 'currency',
  one: 'currency',
  many: 'currencies',
  fields: { defaults: ['code', 'name', 'symbol', 'symbol_native', 'decimal_digits', 'rounding'] },
  missing: (code) => `Currency with code: ${code} was not found`,
}

export const currencies = createRouter()
lists(currencies, representation, { path, limit: 200, filters: filter.texts('code') })
retrieves(currencies, representation, { path: `${path}/{code}`, idParam: 'code' })
