/** What every service is made of. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { LinkColumnsOf } from '../link/links-of-rows.ts'
import type { Secrets } from '../secrets.ts'
import type { Model, Row } from './model.ts'
import { type AnyTransaction, Repository, type RepositoryContext } from './repository.ts'

export type Models = Record<string, Model>

/** What a service is given for one step. */
export interface ServiceContext<O = unknown> {
  /** The step's transaction, in the schema of the module; absent in calls to the outside world. */
  db?: AnyTransaction
  /** Whose service it is. */
  module: RepositoryContext['module']
  options: O
  /** Aborts at the attempt's own deadline, or when the change is cancelled: hand it to every request to the outside. */
  signal: AbortSignal
  /** The same on every attempt of this step, and never another's. */
  idempotencyKey: string
  /** Names the change that the step belongs to: its workflow and first run. */
  changeId: string
  /** Where rows are linked: their links go with them. */
  linkColumnsOf: LinkColumnsOf
  /** What is derived from the shop's secret: opens what came sealed through a history. */
  secrets: Secrets
  /** Shows progress to those who wait, such as `{ done: 200, of: 4000 }`. */
  progress: (details: unknown) => void
}

type Tables<M extends Models> = { [K in keyof M as M[K]['table']]: Row<M[K]> }

/**
 * A module's service: its methods are what workflows may call, each in one transaction. It knows neither Temporal nor another
 * service. Methods carry the noun, take and return arrays.
 *
 * @example
 * class BrandService extends Service<{ brand: typeof Brand }> {
 *   createBrands = (brands: New<typeof Brand>[]) => this.rows.brand.create(brands)
 * }
 */
export abstract class Service<M extends Models = Models, O = unknown> {
  /** The plain operations of each model. */
  protected readonly rows: { [K in keyof M]: Repository<M[K]> }
  protected readonly options: O
  protected readonly signal: AbortSignal
  protected readonly idempotencyKey: string
  protected readonly secrets: Secrets
  protected readonly progress: (details: unknown) => void
  readonly #db: AnyTransaction | undefined
  readonly #schema: string

  constructor(context: ServiceContext<O>) {
    this.#db = context.db
    this.#schema = context.module.name
    this.options = context.options
    this.signal = context.signal
    this.idempotencyKey = context.idempotencyKey
    this.secrets = context.secrets
    this.progress = context.progress
    const { db, module, changeId, linkColumnsOf } = context
    const given = db && { db, module, changeId, linkColumnsOf }
    const entries = given ? Object.entries(module.models).map(([name, one]) => [name, new Repository(given, one)]) : []
    this.rows = Object.fromEntries(entries)
  }

  /** One of the module's tables, for statements in SQL. */
  protected table(name: M[keyof M]['table']): RawBuilder<unknown> {
    return sql.id(this.#schema, name)
  }

  /** The step's transaction, for statements that the repository does not have. */
  protected get db(): Transaction<Tables<M>> {
    if (!this.#db) throw new Error('A call to the outside world has no transaction')
    return this.#db
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a service of whatever tables and options
export type AnyService = Service<any, any>

// biome-ignore lint/suspicious/noExplicitAny: of whatever options
type ServiceClass<S = any> = new (context: ServiceContext<any>) => S
type Both<S> = (S extends unknown ? (x: S) => void : never) extends (x: infer B) => void ? B : never

/**
 * What a service extends that has parts, each about one subject, in a file of its own.
 *
 * @example export class ProductService extends inParts(CategoryService, OptionService) { … }
 * @throws where two parts have a method of the same name.
 */
export function inParts<P extends ServiceClass<AnyService>[]>(
  ...parts: P
): ServiceClass<Both<InstanceType<P[number]>>> {
  class InParts extends Service {
    constructor(context: ServiceContext) {
      super(context)
      const own = new Set(Object.keys(this))
      for (const part of parts) {
        for (const [name, method] of Object.entries(new part(context))) {
          if (own.has(name)) continue
          if (name in this) throw new Error(`Two parts of the module ${context.module.name} have a method ${name}`)
          Object.assign(this, { [name]: method })
        }
      }
    }
  }
  return InParts as unknown as ServiceClass<Both<InstanceType<P[number]>>>
}
