import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import { store } from '../../modules/store/index.ts'
import { allowStores, currenciesOf, type StoreChange } from '../../modules/store/rules/stores.ts'
import type { StoreService } from '../../modules/store/service.ts'

export const storeActivities = defineActivities(store, {
  write: ['createFirstStore'],
  decide: {
    updateStores: decide({
      facts: async (query, stores: StoreChange[]) => {
        const known = await rowsById<{ code: string }>(query, 'currency', currenciesOf(stores), ['code'])
        return known.map(({ code }) => code)
      },
      rule: allowStores,
      write: (stores: StoreService, allowed) => stores.updateStores(allowed),
    }),
  },
})
