import { defineModule } from '../../framework/model/module.ts'
import { createRegion } from './migrations/0001-region.ts'
import { addCountries } from './migrations/0002-countries.ts'
import { models } from './models.ts'
import { RegionService } from './service.ts'

/** Regions and countries. A migration adds all countries. */
export const region = defineModule({
  name: 'region',
  models,
  service: RegionService,
  migrations: { '0001-region': createRegion, '0002-countries': addCountries },
})
