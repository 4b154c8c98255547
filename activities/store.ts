import { decide } from '../framework/activities/decide.ts'
import { defineActivities } from '../framework/activities/define.ts'
import { store } from '../modules/store/index.ts'
import { allowStores, currenciesOf, type StoreChange } from '../modules/store/rules/stores.ts'
import type { StoreService } from '../modules/store/service.ts'

export const storeActivities = defineActivities(store, {
  write: ['createFirstStore'],
  decide: {
    updateStores: decide({
      facts: async (query, stores: StoreChange[]) => {
        const codes = currenciesOf(stores)
        if (codes.length === 0) return []
        const listing = { fields: ['code'], filters: { id: codes }, limit: codes.length }
        const { rows } = await query.list<{ code: string }>('currency', listing)
        return rows.map(({ code }) => code)
      },
      rule: allowStores,
      write: (stores: StoreService, allowed) => stores.updateStores(allowed),
    }),
  },
})
