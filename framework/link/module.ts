/** All links of a project as one module, in the schema `link`: so they are migrated, journaled and read like any other. */
import { defineActivities } from '../activities/define.ts'
import { defineModule, type Module } from '../model/module.ts'
import type { Link } from './define-link.ts'
import { type LinkOptions, LinkService } from './service.ts'
import { migrationsOf, modelOf } from './tables.ts'

export function linkModule(links: readonly Link[]): Module<LinkService, LinkOptions> {
  const tables = links.filter((link) => link.kind === 'table')
  return defineModule<LinkService, LinkOptions>({
    name: 'link',
    models: Object.fromEntries(tables.map((link) => [link.name, modelOf(link)])),
    service: LinkService,
    migrations: Object.assign({}, ...tables.map(migrationsOf)),
    unordered: true,
    options: { links: tables },
  })
}

/** `write.createLinks`, `deleteLinks`, `changeLinks` and `deleteLinksOf`. */
export const linkActivities = defineActivities(linkModule([]), {
  write: ['createLinks', 'deleteLinks', 'changeLinks', 'deleteLinksOf'],
})
