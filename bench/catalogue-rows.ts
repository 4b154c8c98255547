/** Fills a database with a catalogue, by SQL: products of three variants in two currencies, two sales channels, and the groups. */
import type pg from 'pg'
import type { Secrets } from '../framework/secrets.ts'
import { digestOf } from '../modules/api-key/keys.ts'

/** The API keys of the requests. */
export const keysOf = (secrets: Secrets) => ({
  publishable_key: secrets.tokenFor('pk', 'apk_one'),
  secret_key: secrets.tokenFor('sk', 'apk_two'),
})

/** An increasing id of 26 characters, like a ULID. */
const idOf = (prefix: string, number: string) => `'${prefix}_01J' || lpad((${number})::text, 23, '0')`

const groups = [
  `insert into product.product_collection (id, title, handle) select 'pcol_' || i, 'Collection ' || i, 'collection-' || i from generate_series(1, 20) i`,
  `insert into product.product_type (id, value) select 'ptyp_' || i, 'type ' || i from generate_series(1, 10) i`,
  `insert into product.product_tag (id, value) select 'ptag_' || i, 'tag ' || i from generate_series(1, 50) i`,
  `insert into product.product_category (id, name, handle, mpath, is_active)
   select 'pcat_' || i, 'Category ' || i, 'category-' || i, 'pcat_' || i, true from generate_series(1, 40) i`,
  `insert into product.product_option (id, title, is_exclusive) values ('opt_size', 'Size', false)`,
  `insert into product.product_option_value (id, value, rank, option_id)
   select 'optval_' || k, (array['S', 'M', 'L'])[k], k - 1, 'opt_size' from generate_series(1, 3) k`,
]

/** Nine of ten products are published; one of ten is in the second channel only, another in both. One of 10,000 is rare. */
const productsOf = (count: number) => [
  `insert into product.product (id, title, handle, subtitle, description, status, weight, collection_id, type_id, metadata)
   select ${idOf('prod', 'i')}, 'Product ' || i || case i % 10000 when 77 then ' Xylophone' else '' end, 'product-' || i,
     'Subtitle of kind ' || i % 31, 'A thing of kind ' || i % 17 || ', made to be measured, number ' || md5(i::text),
     case i % 10 when 9 then 'draft' else 'published' end, 400, 'pcol_' || (i % 20 + 1), 'ptyp_' || (i % 10 + 1), '{"a":1}'
   from generate_series(1, ${count}) i`,
  `insert into product.product_product_option (id, product_id, product_option_id)
   select ${idOf('prodopt', 'i')}, ${idOf('prod', 'i')}, 'opt_size' from generate_series(1, ${count}) i`,
  `insert into product.product_product_option_value (id, product_product_option_id, product_option_value_id)
   select ${idOf('prodoptval', 'i * 3 + k')}, ${idOf('prodopt', 'i')}, 'optval_' || k
   from generate_series(1, ${count}) i, generate_series(1, 3) k`,
  `insert into product.product_tags (id, product_id, product_tag_id)
   select ${idOf('prodtag', 'i * 2 + k')}, ${idOf('prod', 'i')}, 'ptag_' || ((i + k * 7) % 50 + 1)
   from generate_series(1, ${count}) i, generate_series(0, 1) k`,
  `insert into product.product_category_product (id, product_id, product_category_id)
   select ${idOf('pcatprod', 'i')}, ${idOf('prod', 'i')}, 'pcat_' || (i % 40 + 1) from generate_series(1, ${count}) i`,
  `insert into product.image (id, url, rank, product_id)
   select ${idOf('img', 'i')}, 'https://shop.test/' || i || '.png', 0, ${idOf('prod', 'i')} from generate_series(1, ${count}) i`,
  `insert into link.product_sales_channel (id, product_id, sales_channel_id)
   select ${idOf('prodsc', 'i * 2')}, ${idOf('prod', 'i')}, 'sc_one' from generate_series(1, ${count}) i where i % 10 <> 3
   union all
   select ${idOf('prodsc', 'i * 2 + 1')}, ${idOf('prod', 'i')}, 'sc_two' from generate_series(1, ${count}) i where i % 10 in (3, 4)`,
]

const variantsOf = (count: number) => [
  `insert into product.product_variant (id, title, sku, variant_rank, product_id)
   select ${idOf('variant', 'i * 3 + k')}, (array['S', 'M', 'L'])[k], 'P' || i || '-' || (array['S', 'M', 'L'])[k], k - 1, ${idOf('prod', 'i')}
   from generate_series(1, ${count}) i, generate_series(1, 3) k`,
  `insert into product.product_variant_option (id, variant_id, option_value_id)
   select ${idOf('varopt', 'i * 3 + k')}, ${idOf('variant', 'i * 3 + k')}, 'optval_' || k
   from generate_series(1, ${count}) i, generate_series(1, 3) k`,
  `insert into pricing.price_set (id)
   select ${idOf('pset', 'i * 3 + k')} from generate_series(1, ${count}) i, generate_series(1, 3) k`,
  `insert into pricing.price (id, currency_code, amount, price_set_id)
   select ${idOf('price', '(i * 3 + k) * 2 + c')}, (array['eur', 'usd'])[c], 10 + i % 50 + k, ${idOf('pset', 'i * 3 + k')}
   from generate_series(1, ${count}) i, generate_series(1, 3) k, generate_series(1, 2) c`,
  `insert into link.product_variant_price_set (id, variant_id, price_set_id)
   select ${idOf('pvps', 'i * 3 + k')}, ${idOf('variant', 'i * 3 + k')}, ${idOf('pset', 'i * 3 + k')}
   from generate_series(1, ${count}) i, generate_series(1, 3) k`,
]

/** Fills an empty database without its triggers, because none of this is ever undone, and then recounts the tally. */
export async function fillCatalogue(
  client: pg.Client,
  count: number,
  secrets: Secrets,
  recount: () => Promise<void>,
): Promise<void> {
  const keys = keysOf(secrets)
  const shop = [
    `insert into sales_channel.sales_channel (id, name) values ('sc_one', 'Web'), ('sc_two', 'Till')`,
    `insert into region.region (id, name, currency_code, automatic_taxes) values ('reg_one', 'Europe', 'eur', true)`,
    `insert into store.store (id, default_sales_channel_id, default_region_id) values ('store_one', 'sc_one', 'reg_one')`,
    `insert into api_key.api_key (id, token, digest, redacted, title, type, created_by) values
     ('apk_one', '${keys.publishable_key}', null, 'pk', 'pk', 'publishable', ''),
     ('apk_two', null, '${digestOf(secrets, keys.secret_key)}', 'sk', 'sk', 'secret', '')`,
    `insert into link.publishable_api_key_sales_channel (id, publishable_key_id, sales_channel_id) values ('pksc_one', 'apk_one', 'sc_one')`,
  ]
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  for (const statement of [...shop, ...groups, ...productsOf(count), ...variantsOf(count)])
    await client.query(statement)
  await client.query('commit')
  await recount()
  await client.query('vacuum analyze')
}
