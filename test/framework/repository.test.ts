/** The repository on a database of its own, without Temporal. */
import type { Database } from '../../framework/database.ts'
import { Repository } from '../../framework/model/repository.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { Thing, thingModules } from '../support/sagas/module.ts'

let db: Database
beforeAll(async () => {
  db = (await freshDatabase(thingModules)).db
})
afterAll(() => db.destroy())

test('each change of a row is checked against its version, also where one request brings several', async () => {
  await db
    .withSchema('red')
    .transaction()
    .execute(async (trx) => {
      const context = { db: trx, module: thingModules[0]!, changeId: 'a change', linkColumnsOf: () => [] }
      const things = new Repository(context, Thing)
      await things.create([{ id: 'thing_1', name: 'one' }])
      const twice = (version: number) => [
        { id: 'thing_1', note: 'first', version: 1 },
        { id: 'thing_1', note: 'second', version },
      ]
      await expect(things.update(twice(1))).rejects.toMatchObject({ type: 'conflict' })
      await things.update([{ id: 'thing_1', note: 'third' }])
    })
})
