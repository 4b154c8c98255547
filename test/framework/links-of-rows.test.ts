/** Which links hold a row, and how they are dismissed, on a database of links alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { AnyTransaction } from '../../framework/database.ts'
import { defineLink } from '../../framework/link/define-link.ts'
import { createLinkColumns, dismissLinks } from '../../framework/link/links-of-rows.ts'
import { linkModule } from '../../framework/link/module.ts'
import { id, model, text, timestamps } from '../../framework/model/model.ts'
import { defineModule } from '../../framework/model/module.ts'
import { Service } from '../../framework/model/service.ts'
import { createShopDatabase, inLinkStep, type LinkDatabase } from '../support/shop/links.ts'

const columns = { id: id('x'), name: text(), ...timestamps() }
const moduleOf = (name: string, ...tables: string[]) =>
  defineModule({
    name,
    models: Object.fromEntries(tables.map((table) => [table, model(table, columns)])),
    service: Service as never,
    outside: name === 'cms' ? { page: { fields: [], fetch: async () => [] } } : {},
  })
const many = { many: true }
const tagDepot = defineLink({
  name: 'tag_depot',
  prefix: 'tagdep',
  left: { entity: 'tag', ...many },
  right: { entity: 'place.depot', ...many },
})
const tagPage = defineLink({ name: 'tag_page', prefix: 'tagpage', left: { entity: 'tag' }, right: { entity: 'page' } })
const twins = defineLink({
  name: 'twins',
  prefix: 'twin',
  left: { entity: 'tag', column: 'one_id', as: 'one', via: 'ones', ...many },
  right: { entity: 'tag', column: 'other_id', as: 'other', via: 'others', ...many },
})
const remark = defineLink({
  name: 'remark',
  prefix: 'remark',
  left: { entity: 'link.tag_depot', ...many },
  right: { entity: 'note', ...many },
})
const links = [tagDepot, tagPage, twins, remark]
const modules = [
  moduleOf('shop', 'tag', 'note', 'depot'),
  moduleOf('place', 'depot'),
  moduleOf('cms'),
  linkModule(links) as never,
]
const columnsOf = createLinkColumns(modules, links)

let world: LinkDatabase
beforeAll(async () => {
  world = await createShopDatabase(links)
})
afterAll(() => world.stop())

const link = (name: string, rows: Record<string, string>[]) =>
  inLinkStep(world.db, links, (service) => service.createLinks(name, rows))
const dismiss = (gone: [string, string[]][]) =>
  world.db.transaction().execute(async (trx) => {
    // As in a large table: rows are found by the index of the side that they are looked for by, in its order.
    await sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_bitmapscan']) name`.execute(
      trx,
    )
    await dismissLinks(trx as AnyTransaction, columnsOf, new Map(gone))
  })
const left = (table: string) => world.rows(`select * from link.${table} where deleted_at is null`)

test('an entity is named by its table, or with its module; what is outside is deleted by nobody here', () => {
  expect(columnsOf('shop.tag').map(({ link, column }) => `${link}.${column}`)).toEqual([
    'tag_depot.tag_id',
    'tag_page.tag_id',
    'twins.one_id',
    'twins.other_id',
  ])
  expect(columnsOf('place.depot')).toEqual([{ link: 'tag_depot', column: 'depot_id' }])
  expect([...columnsOf('shop.depot'), ...columnsOf('cms.page')]).toEqual([])
  const vague = defineLink({ name: 'vague', prefix: 'v', left: { entity: 'depot' }, right: { entity: 'tag' } })
  expect(() => createLinkColumns(modules, [vague])).toThrow(
    "Several modules have an entity 'depot': say shop.depot and place.depot",
  )
})

test('a row is looked for on both sides, and links of links go as well', async () => {
  await link('twins', [
    { one_id: 'a', other_id: 'b' },
    { one_id: 'b', other_id: 'c' },
    { one_id: 'c', other_id: 'd' },
  ])
  const [pair] = await link('tag_depot', [{ tag_id: 'b', depot_id: 'd1' }])
  const [kept] = await link('tag_depot', [{ tag_id: 'c', depot_id: 'd1' }])
  await link('remark', [
    { tag_depot_id: pair!.id, note_id: 'n1' },
    { tag_depot_id: kept!.id, note_id: 'n1' },
  ])
  await dismiss([['shop.tag', ['b']]])
  expect(await left('twins')).toMatchObject([{ one_id: 'c', other_id: 'd' }])
  expect(await left('tag_depot')).toMatchObject([{ tag_id: 'c' }])
  expect(await left('remark')).toMatchObject([{ tag_depot_id: kept!.id }])
})

test('who deletes either side of the same links at once waits, and not in a circle', async () => {
  const ids = Array.from({ length: 25 }, (_, i) => `x${i}`)
  await world.rows(`insert into link.tag_depot (id, tag_id, depot_id)
    select 'pair' || t || '_' || d, 'x' || t, 'x' || d from generate_series(0, 24) t, generate_series(0, 24) d order by 2 desc`)
  await world.rows(`insert into link.tag_depot (id, tag_id, depot_id) select 'other' || i, 't' || i, 'd' || i
    from generate_series(1, 20000) i`)
  await world.rows('analyze link.tag_depot')
  const rivals = await world.db.transaction().execute(async (trx) => {
    await sql`select from link.tag_depot where (tag_id, depot_id) = ('x12', 'x12') for update`.execute(trx)
    const both = [dismiss([['shop.tag', ids]]), dismiss([['place.depot', ids]])]
    await sleep(500) // by now each has locked what comes before that row in its order
    return { both: Promise.allSettled(both) }
  })
  expect((await rivals.both).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect((await left('tag_depot')).filter(({ tag_id }) => ids.includes(tag_id as string))).toEqual([])
})
