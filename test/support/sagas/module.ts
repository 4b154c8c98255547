/** Three small modules for random sagas: rows with a counter, a version, a secret and a parent. */

import { cmsActivities } from '../../../activities/cms/pages.ts'
import { defineActivities, type StepsOf } from '../../../framework/activities/define.ts'
import {
  type Change,
  decimal,
  id,
  integer,
  json,
  model,
  type New,
  text,
  timestamps,
} from '../../../framework/model/model.ts'
import { defineModule } from '../../../framework/model/module.ts'
import { Service } from '../../../framework/model/service.ts'
import { Problem } from '../../../framework/problem.ts'

export const Thing = model('thing', {
  id: id('thing'),
  name: text().unique(),
  note: text().nullable(),
  amount: decimal().nullable(),
  labels: json<string[]>().nullable(),
  stock: integer().counter().optional(),
  token: text().nullable().secret(),
  parent_id: text().nullable(),
  version: integer().optional(),
  ...timestamps(),
})

const createThing = `
  create table thing (
    id text primary key, name text not null, note text, amount numeric, labels jsonb,
    stock integer not null default 0, token text,
    parent_id text references thing (id) deferrable,
    version integer not null default 1,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(), deleted_at timestamptz
  );
  create unique index thing_name_unique on thing (name) where deleted_at is null;`

/** The operations of one step, in this order. */
export type Deed =
  | { do: 'create'; rows: New<typeof Thing>[] }
  | { do: 'update'; id: string; set: Omit<Change<typeof Thing>, 'id'> }
  | { do: 'count'; id: string; by: number }
  | { do: 'hide'; id: string }
  | { do: 'delete'; id: string }
  | { do: 'refuse' }
  | { do: 'stumble' }

class ThingService extends Service<{ thing: typeof Thing }> {
  protected async perform(deeds: Deed[]): Promise<string[]> {
    for (const deed of deeds) await this.performOne(deed)
    return deeds.map((deed) => deed.do)
  }

  private async performOne(deed: Deed): Promise<unknown> {
    const { thing } = this.rows
    if (deed.do === 'create') return thing.create(deed.rows)
    if (deed.do === 'update') return thing.update([{ id: deed.id, ...deed.set }])
    if (deed.do === 'count') return thing.increment([{ id: deed.id, stock: deed.by }])
    if (deed.do === 'hide') return thing.softDelete([deed.id])
    if (deed.do === 'delete') return thing.delete([deed.id])
    if (deed.do === 'refuse') throw new Problem('not_allowed', 'not today', 'REFUSED')
    const nothing: { there?: { at: string } } = {}
    return nothing.there!.at
  }
}

class RedService extends ThingService {
  changeRed = (deeds: Deed[]) => this.perform(deeds)
}
class GreenService extends ThingService {
  changeGreen = (deeds: Deed[]) => this.perform(deeds)
}
class BlueService extends ThingService {
  changeBlue = (deeds: Deed[]) => this.perform(deeds)
}

const parts = { models: { thing: Thing }, migrations: { '0001-thing': createThing } }
const red = defineModule({ name: 'red', service: RedService, ...parts })
const green = defineModule({ name: 'green', service: GreenService, ...parts })
const blue = defineModule({ name: 'blue', service: BlueService, ...parts })

export const colours = ['red', 'green', 'blue'] as const
export const thingModules = [red, green, blue]
export const thingActivities = [
  defineActivities(red, { write: ['changeRed'] }),
  defineActivities(green, { write: ['changeGreen'] }),
  defineActivities(blue, { write: ['changeBlue'] }),
  cmsActivities,
] as const
export type ThingActivities = StepsOf<typeof thingActivities>
