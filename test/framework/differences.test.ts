/** `turri db check`: whether the tables are what the models say. */
import { sql } from 'kysely'
import type { Database } from '../../framework/database.ts'
import { modelDifferences } from '../../framework/model/differences.ts'
import { core } from '../../index.ts'
import { freshDatabase } from '../support/fresh-database.ts'

const { modules } = core()
let db: Database
beforeAll(async () => {
  db = (await freshDatabase(modules)).db
})
afterAll(() => db.destroy())

test('the migrations of the core make what its models say', async () => {
  expect(await modelDifferences(db, modules)).toEqual([])
})

test('an index or a column of its own, that may be empty, is no difference', async () => {
  await sql`create index on product.product (created_at)`.execute(db)
  await sql`alter table product.product add note text`.execute(db)
  expect(await modelDifferences(db, modules)).toEqual([])
})

test('whatever is otherwise is found', async () => {
  const changes = {
    'product.weight': 'alter table product.product alter weight type text',
    'product_tag.external_id': 'alter table product.product_tag alter external_id set not null',
    'product_tag.created_at': 'alter table product.product_tag alter created_at drop default',
    'product_tag.metadata': 'alter table product.product_tag drop metadata',
    'product_tag.colour': 'alter table product.product_tag add colour text not null',
    'product_tag: unique btree (value) WHERE (deleted_at IS NULL)': 'drop index product.product_tag_value_unique',
    'price: FOREIGN KEY (price_set_id) REFERENCES price_set(id) DEFERRABLE INITIALLY DEFERRED':
      'alter table pricing.price drop constraint price_price_set_id',
    'tax_rate_rule.id': 'drop table tax.tax_rate_rule',
  }
  for (const change of Object.values(changes)) await sql.raw(change).execute(db)
  const found = (await modelDifferences(db, modules)).map(({ what }) => what)
  expect(found).toEqual(expect.arrayContaining(Object.keys(changes)))
  expect(found.filter((what) => !what.startsWith('tax_rate_rule'))).toHaveLength(Object.keys(changes).length - 1)
})
