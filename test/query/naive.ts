/** What the query layer should answer, by the simplest means: loops over arrays. It shares no code with what it checks. */
import type { Row, Tables } from '../support/shop/data.ts'

interface Naive {
  filters?: Record<string, unknown>
  q?: string
  order?: string
  limit: number
  offset: number
  withDeleted: boolean
  only: Record<string, Record<string, unknown>>
  fields: string[]
  factor: number
}

const COLUMNS: Record<string, string[]> = {
  product: ['id', 'title', 'rank', 'active', 'data', 'supplier_id', 'created_at', 'updated_at', 'deleted_at'],
  variant: ['id', 'product_id', 'sku', 'price', 'created_at', 'updated_at', 'deleted_at'],
  supplier: ['id', 'name', 'created_at', 'updated_at', 'deleted_at'],
  tag: ['id', 'value', 'created_at', 'updated_at', 'deleted_at'],
  note: ['id', 'product_id', 'text', 'created_at', 'updated_at', 'deleted_at'],
  depot: ['id', 'city', 'created_at', 'updated_at', 'deleted_at'],
  product_depot: ['id', 'product_id', 'depot_id', 'amount', 'created_at', 'updated_at', 'deleted_at'],
}

interface Related {
  entity: string
  many: boolean
  rows: Row[]
}

export class NaiveQuery {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  list(entity: string, asked: Naive): { rows: unknown[]; count: number } {
    const found = this.#all(entity, asked)
      .filter((row) => this.#matches(entity, row, asked.filters ?? {}, asked))
      .filter((row) => words(asked.q).every((word) => this.#holds(entity, row, word, asked)))
    const sorted = found.toSorted((a, b) => this.#order(entity, a, b, asked))
    const page = sorted.slice(asked.offset, asked.offset + asked.limit)
    return { rows: page.map((row) => this.#project(entity, row, asked.fields, asked)), count: found.length }
  }

  #all(entity: string, asked: Naive): Row[] {
    const { withDeleted, only } = asked
    return this.#tables[entity as keyof Tables]
      .filter((row) => withDeleted || row.deleted_at === null)
      .filter((row) => this.#matches(entity, row, only[entity] ?? {}, { ...asked, only: {} }))
  }

  #related(entity: string, row: Row, name: string, asked: Naive): Related | undefined {
    const of = (other: string) => this.#all(other, asked)
    const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1)
    const byNumber = (column: string) => (a: Row, b: Row) => {
      const [x, y] = [a[column] as number | null, b[column] as number | null]
      if (x === y) return byId(a, b)
      if (x === null || y === null) return x === null ? 1 : -1
      return x - y
    }
    switch (`${entity}.${name}`) {
      case 'product.supplier':
        return { entity: 'supplier', many: false, rows: of('supplier').filter(({ id }) => id === row.supplier_id) }
      case 'product.variants':
        return {
          entity: 'variant',
          many: true,
          rows: of('variant')
            .filter((v) => v.product_id === row.id)
            .toSorted(byId),
        }
      case 'product.note':
        return { entity: 'note', many: false, rows: of('note').filter((note) => note.product_id === row.id) }
      case 'product.tags': {
        const between = of('product_tag').filter((pair) => pair.product_id === row.id)
        const rows = between.flatMap((pair) => of('tag').filter(({ id }) => id === pair.tag_id))
        return { entity: 'tag', many: true, rows: rows.toSorted(byId) }
      }
      case 'product.depots_link': {
        const rows = of('product_depot').filter((pair) => pair.product_id === row.id)
        return { entity: 'product_depot', many: true, rows: rows.toSorted(byNumber('amount')) }
      }
      case 'product.depots': {
        const pairs = of('product_depot').filter((pair) => pair.product_id === row.id)
        const both = pairs.flatMap((pair) =>
          of('depot').flatMap((depot) =>
            depot.id === pair.depot_id ? [{ depot, amount: pair.amount as number }] : [],
          ),
        )
        const sorted = both.toSorted((a, b) => a.amount - b.amount || byId(a.depot, b.depot))
        return { entity: 'depot', many: true, rows: sorted.map(({ depot }) => depot) }
      }
      case 'variant.product':
        return { entity: 'product', many: false, rows: of('product').filter(({ id }) => id === row.product_id) }
      case 'supplier.products': {
        const rows = of('product').filter((product) => product.supplier_id === row.id)
        return { entity: 'product', many: true, rows: rows.toSorted(byNumber('rank')) }
      }
      default:
        return undefined
    }
  }

  #field(entity: string, row: Row, name: string, asked: Naive): unknown {
    if (entity === 'product') {
      const price = (rows: Row[]) => rows.reduce((sum, variant) => sum + (variant.price as number), 0)
      if (name === 'variant_count')
        return this.#tables.variant.filter((v) => v.product_id === row.id && v.deleted_at === null).length
      if (name === 'scaled') return row.rank === null ? null : (row.rank as number) * asked.factor
      if (name === 'worth') return price(this.#related(entity, row, 'variants', asked)!.rows) * asked.factor
      if (name === 'factor_of') return asked.factor
      if (name === 'stock')
        return this.#tables.product_depot
          .filter((pair) => pair.product_id === row.id && pair.deleted_at === null)
          .reduce((sum, pair) => sum + (pair.amount as number), 0)
    }
    if (entity === 'variant' && name === 'double') return (row.price as number) * 2
    return COLUMNS[entity]!.includes(name) ? row[name] : undefined
  }

  #project(entity: string, row: Row, fields: string[], asked: Naive): unknown {
    const answer: Record<string, unknown> = {}
    const below = new Map<string, string[]>()
    for (const field of fields) {
      const [name, ...rest] = field.split('.') as [string, ...string[]]
      if (name === '*') for (const column of COLUMNS[entity]!) answer[column] = row[column]
      else if (this.#related(entity, row, name, asked))
        below.set(name, [...(below.get(name) ?? []), rest.join('.') || '*'])
      else {
        const value = this.#field(entity, row, name, asked)
        if (value !== undefined) answer[name] = value
      }
    }
    for (const [name, paths] of below) {
      const { entity: target, many, rows } = this.#related(entity, row, name, asked)!
      const projected = rows.map((one) => this.#project(target, one, paths, asked))
      answer[name] = many ? projected : (projected[0] ?? null)
    }
    return answer
  }

  #matches(entity: string, row: Row, filters: Record<string, unknown>, asked: Naive): boolean {
    return Object.entries(filters).every(([name, value]) => {
      if (name === '$and')
        return (value as Record<string, unknown>[]).every((f) => this.#matches(entity, row, f, asked))
      if (name === '$or') return (value as Record<string, unknown>[]).some((f) => this.#matches(entity, row, f, asked))
      if (name === '$not') return !this.#matches(entity, row, value as Record<string, unknown>, asked)
      const related = this.#related(entity, row, name, asked)
      if (related && value === null) return related.rows.length === 0
      if (related) {
        const filter = isMap(value) ? value : { id: value }
        return related.rows.some((one) => this.#matches(related.entity, one, filter, asked))
      }
      const held = this.#field(entity, row, name, asked)
      if (name === 'data' && isMap(value) && !Object.keys(value)[0]?.startsWith('$')) {
        const inside = (held ?? {}) as Record<string, unknown>
        return Object.entries(value).every(([key, wanted]) => compare(inside[key] ?? null, wanted))
      }
      return compare(held, value)
    })
  }

  #holds(entity: string, row: Row, word: string, asked: Naive): boolean {
    const has = (value: unknown) => value !== null && String(value).toLowerCase().includes(word.toLowerCase())
    const through = (name: string) => {
      const related = this.#related(entity, row, name, asked)!
      return related.rows.some((one) => this.#holds(related.entity, one, word, asked))
    }
    if (entity === 'product') return has(row.title) || has(row.rank) || through('supplier') || through('variants')
    return has({ variant: row.sku, supplier: row.name, tag: row.value }[entity] ?? null)
  }

  #order(entity: string, a: Row, b: Row, asked: Naive): number {
    const { order = 'id' } = asked
    const [name, ...rest] = order.replace(/^-/, '').split('.') as [string, ...string[]]
    const valueIn = (row: Row): string | number | boolean | null => {
      if (rest.length === 0) return this.#field(entity, row, name, asked) as string | null
      const { entity: target, rows } = this.#related(entity, row, name, asked)!
      return rows[0] ? (this.#field(target, rows[0], rest[0]!, asked) as string | null) : null
    }
    const [x, y] = [valueIn(a), valueIn(b)]
    const upward = x === y ? (a.id < b.id ? -1 : 1) : x === null ? 1 : y === null ? -1 : x < y ? -1 : 1
    return order.startsWith('-') ? -upward : upward
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const words = (q = '') => q.split(/\s+/).filter((word) => word !== '')

function compare(held: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.includes(held)
  if (!isMap(wanted)) return held === wanted
  return Object.entries(wanted).every(([op, value]) => operator(held as string | null, op, value))
}

function operator(held: string | null, op: string, given: unknown): boolean {
  const value = given as string
  if (op === '$eq') return held === value
  if (op === '$ne') return value === null ? held !== null : held !== null && held !== value
  if (op === '$in') return (given as unknown[]).includes(held)
  if (op === '$nin' && (given as unknown[]).length === 0) return true
  if (held === null) return false
  if (op === '$nin') return !(given as unknown[]).includes(held)
  if (op === '$gt') return held > value
  if (op === '$gte') return held >= value
  if (op === '$lt') return held < value
  if (op === '$lte') return held <= value
  if (op === '$re') return new RegExp(value).test(String(held))
  if (op === '$contains') return Object.entries(given as object).every(([key, part]) => (held as never)[key] === part)
  return like(value, op === '$ilike').test(String(held))
}

function like(pattern: string, ignoreCase: boolean): RegExp {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]')
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '')
}
