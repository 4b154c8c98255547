/** A module that returns, throws and stores a given text wherever a step can. */

import { fileURLToPath } from 'node:url'
import { defineActivities, type StepsOf } from '../../../framework/activities/define.ts'
import { defineModule } from '../../../framework/model/module.ts'
import { Service } from '../../../framework/model/service.ts'
import { Problem } from '../../../framework/problem.ts'
import { defineProject } from '../../../framework/project.ts'
import { core } from '../../../index.ts'

class TellerService extends Service<Record<string, never>> {
  tellHere = async (text: string) => ({ said: text })
  tellOutside = async (text: string) => ({ said: text })
  untell = async (text: string) => ({ unsaid: text })
  refuseHere = async (text: string): Promise<void> => this.refuseOutside(text)
  stumbleHere = async (text: string): Promise<void> => this.stumbleOutside(text)
  refuseOutside = async (text: string): Promise<void> => {
    throw new Problem('not_allowed', text, 'TELLER_REFUSED')
  }
  stumbleOutside = async (text: string): Promise<void> => {
    throw new Error(text)
  }
}

const teller = defineModule({ name: 'teller', models: {}, service: TellerService, migrations: {} })

const tellerActivities = [
  defineActivities(teller, {
    write: ['tellHere', 'refuseHere', 'stumbleHere'],
    call: ['tellOutside', 'refuseOutside', 'stumbleOutside'],
    undo: ['untell'],
  }),
] as const

export type TellerActivities = StepsOf<typeof tellerActivities>

export const tellerProject = defineProject({
  extends: core(),
  modules: [teller],
  activities: tellerActivities,
  workflows: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
})
