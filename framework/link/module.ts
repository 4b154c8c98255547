/** All links of a project as one module, in the schema `link`: so they are migrated, journaled and read like any other. */
import { decide } from '../activities/decide.ts'
import { defineActivities } from '../activities/define.ts'
import { schemaName } from '../http/router.ts'
import { defineModule, type Module } from '../model/module.ts'
import { Problem } from '../problem.ts'
import type { Query } from '../query.ts'
import type { Link } from './define-link.ts'
import { type LinkChanges, type LinkOptions, LinkService } from './service.ts'
import { migrationsOf, modelOf } from './tables.ts'

export function linkModule(links: readonly Link[]): Module<LinkService, LinkOptions> {
  const tables = links.filter((link) => link.kind === 'table')
  return defineModule<LinkService, LinkOptions>({
    name: 'link',
    models: Object.fromEntries(tables.map((link) => [link.name, modelOf(link)])),
    service: LinkService,
    migrations: Object.assign({}, ...tables.map(migrationsOf)),
    unordered: true,
    tallies: links.filter((link) => link.kind === 'tally'),
    options: { links: tables },
  })
}

/** `write.createLinks`, `deleteLinks`, `changeLinks` and `deleteLinksOf`; links of a deleted row go by themselves. */
export const linkActivities = defineActivities(linkModule([]), {
  write: ['createLinks', 'deleteLinks', 'deleteLinksOf'],
  decide: {
    changeLinks: decide({
      facts: (query, { exist = {} }: LinkChanges) => absentOf(query, exist),
      rule: (absent, changes) => {
        if (absent.length > 0) throw new Problem('not_found', absent[0]!)
        return changes
      },
      write: (links: LinkService, changes) => links.changeLinks(changes),
    }),
  },
})

/** What is said of each entity of which an id is not there; those that are there stay until they are linked. */
async function absentOf(query: Query, exist: Record<string, string[]>): Promise<string[]> {
  const texts: string[] = []
  for (const [entity, given] of Object.entries(exist)) {
    const absent = await query.hold(entity, given)
    if (absent.length > 0) texts.push(`${schemaName(entity)} id not found: ${absent.join(', ')}`)
  }
  return texts
}
