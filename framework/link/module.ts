/** All links of a project as one module, in the schema `link`: so they are migrated, journaled and read like any other. */
import { decide } from '../activities/decide.ts'
import { defineActivities } from '../activities/define.ts'
import { lockExisting } from '../activities/facts.ts'
import { defineModule, type Module } from '../model/module.ts'
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

/** The module of links as decisions name it: `modules: { product, link }`. */
export const link = linkModule([])

/** `write.createLinks`, `deleteLinks` and `changeLinks`; links of a deleted row go by themselves. */
export const linkActivities = defineActivities(link, {
  write: ['createLinks', 'deleteLinks'],
  decide: {
    changeLinks: decide({
      modules: { link },
      facts: (query, { exist = {} }: LinkChanges) => lockExisting(query, exist),
      rule: (_, { changes }) => changes,
      write: ({ link }, changes) => link.changeLinks(changes),
    }),
  },
})
