/** Two small modules and a link for tests of queries, which insert their rows. */
import { sql } from 'kysely'
import type { EntitiesOf } from '../../../framework/entity-types.ts'
import { defineLink, extendEntity } from '../../../framework/link/define-link.ts'
import { linkModule } from '../../../framework/link/module.ts'
import { computedBySql, computedFrom } from '../../../framework/model/computed.ts'
import { boolean, id, integer, json, model, text, timestamps } from '../../../framework/model/model.ts'
import { defineModule, type Module } from '../../../framework/model/module.ts'
import { belongsTo, hasMany, hasOne, manyToMany } from '../../../framework/model/relations.ts'
import { Service } from '../../../framework/model/service.ts'
import { shapesOf } from '../../../framework/shape.ts'

const Product = model(
  'product',
  {
    id: id('prod'),
    title: text().searchable(),
    rank: integer().nullable().searchable(),
    active: boolean(),
    data: json().nullable(),
    secret: text().secret().searchable(),
    supplier_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      supplier: belongsTo('supplier').searchable(),
      variants: hasMany('variant').searchable(),
      tags: manyToMany('tag', { through: 'product_tag' }),
      note: hasOne('note'),
    },
    computed: {
      variant_count: computedBySql(
        'integer',
        ({ column, table }) => sql`
          select count(*)::int from ${table('variant')} v where v.product_id = ${column('id')} and v.deleted_at is null`,
      ),
      scaled: computedBySql(
        'integer',
        ({ column, context }) => sql`${column('rank')} * coalesce(${context('factor')}::int, 1)`,
      ),
      worth: computedFrom(
        ['variants.price', 'factor_of'],
        (row: { variants: { price: number }[]; factor_of: number }) =>
          row.variants.reduce((sum, { price }) => sum + price, 0) * row.factor_of,
      ),
      factor_of: computedFrom([], (_: object, { factor = 1 }) => factor),
    },
  },
)
const Variant = model(
  'variant',
  { id: id('var'), product_id: text(), sku: text().nullable().searchable(), price: integer(), ...timestamps() },
  {
    relations: { product: belongsTo('product') },
    computed: { double: computedFrom(['price'], ({ price }: { price: number }) => price * 2) },
  },
)
const Supplier = model(
  'supplier',
  { id: id('sup'), name: text().searchable(), ...timestamps() },
  { relations: { products: hasMany('product', { order: 'rank' }) } },
)
const Tag = model('tag', { id: id('tag'), value: text().searchable(), ...timestamps() })
const ProductTag = model('product_tag', { id: id('prodtag'), product_id: text(), tag_id: text(), ...timestamps() })
const Note = model('note', { id: id('note'), product_id: text(), text: text(), ...timestamps() })
const Depot = model('depot', { id: id('dep'), city: text(), ...timestamps() })

class Nothing extends Service {}

/** Some times with microseconds, like those of `now()`. */
const times = `created_at timestamptz not null default now(), updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)`

const shop = defineModule({
  name: 'shop',
  models: { Product, Variant, Supplier, Tag, ProductTag, Note },
  service: Nothing,
  migrations: {
    '0001-shop': `
      create table product (id text primary key, title text not null, rank integer, active boolean not null, data jsonb,
        secret text not null, supplier_id text, ${times});
      create table variant (id text primary key, product_id text not null, sku text, price integer not null, ${times});
      create table supplier (id text primary key, name text not null, ${times});
      create table tag (id text primary key, value text not null, ${times});
      create table product_tag (id text primary key, product_id text not null, tag_id text not null, ${times});
      create table note (id text primary key, product_id text not null, text text not null, ${times});`,
  },
})
const place = defineModule({
  name: 'place',
  models: { Depot },
  service: Nothing,
  migrations: { '0001-depot': `create table depot (id text primary key, city text not null, ${times});` },
})

export const shopLinks = [
  defineLink({
    name: 'product_depot',
    prefix: 'proddep',
    left: { entity: 'product', many: true, via: 'depots_link', aliases: { depots: 'depots_link.depot' } },
    right: { entity: 'depot', many: true, via: 'products_link', aliases: { products: 'products_link.product' } },
    columns: { amount: integer().optional() },
    defaults: { amount: 0 },
    order: 'amount',
  }),
  extendEntity('product', {
    stock: computedBySql(
      'integer',
      ({ column, table }) => sql`
        select coalesce(sum(d.amount), 0)::int from ${table('product_depot')} d
        where d.product_id = ${column('id')} and d.deleted_at is null`,
    ),
  }),
]

export const shape = shapesOf<EntitiesOf<[typeof shop, typeof place], typeof shopLinks>>()

export const shopModules: Module[] = [shop, place, linkModule(shopLinks)]
