/** The base class of services. */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import type { LinkColumnsOf } from '../link/links-of-rows.ts'
import type { Secrets } from '../secrets.ts'
import type { Model, Row } from './model.ts'
import { Repository, type RepositoryContext } from './repository.ts'

export type Models = Record<string, Model>

/** The context of a service in one step. */
export interface ServiceContext<O = unknown> {
  /** The step's transaction, in the schema of the module; absent in calls to external systems. */
  db?: AnyTransaction
  /** The module of the service. */
  module: RepositoryContext['module']
  options: O
  /** Aborts at the deadline of the attempt or if the change is cancelled. Pass it to every request to an external system. */
  signal: AbortSignal
  /** Unique to this step, and the same on all its attempts. */
  idempotencyKey: string
  /** The change that the step belongs to: `<workflow id>/<first run id>`. */
  changeId: string
  /** The link columns of each entity of the project. */
  linkColumnsOf: LinkColumnsOf
  /** Keys derived from the shop's secret, which also open texts that were sealed for the history. */
  secrets: Secrets
  /** Reports the progress of a long step, such as `{ done: 200, of: 4000 }`. */
  progress: (details: unknown) => void
}

type Tables<M extends Models> = { [K in keyof M as M[K]['table']]: Row<M[K]> }

/**
 * A module's service. Workflows call its methods, each in one transaction. It knows neither Temporal nor other services. Method names
 * contain the noun; methods take and return arrays.
 *
 * @example
 * class BrandService extends Service<{ brand: typeof Brand }> {
 *   createBrands = (brands: New<typeof Brand>[]) => this.rows.brand.create(brands)
 * }
 */
export abstract class Service<M extends Models = Models, O = unknown> {
  /** A repository for each model. */
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
    const repositoryContext = db && { db, module, changeId, linkColumnsOf }
    this.rows = Object.fromEntries(
      repositoryContext
        ? Object.entries(module.models).map(([name, model]) => [name, new Repository(repositoryContext, model)])
        : [],
    ) as typeof this.rows
  }

  /** A table of the module, for SQL statements. */
  protected table(name: M[keyof M]['table']): RawBuilder<unknown> {
    return sql.id(this.#schema, name)
  }

  /** The step's transaction, for statements beyond the repository. */
  protected get db(): Transaction<Tables<M>> {
    if (!this.#db) throw new Error('A call to an external system has no transaction')
    return this.#db
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a service of any tables and options
export type AnyService = Service<any, any>

// biome-ignore lint/suspicious/noExplicitAny: any options
type ServiceClass<S = any> = new (context: ServiceContext<any>) => S
type Intersection<S> = (S extends unknown ? (x: S) => void : never) extends (x: infer B) => void ? B : never

/**
 * A base class with the methods of several services, for a service that is split by subject into files.
 *
 * @example export class ProductService extends combineServices(CategoryService, OptionService) { … }
 * @throws if two parts have a method of the same name.
 */
export function combineServices<P extends ServiceClass<AnyService>[]>(
  ...parts: P
): ServiceClass<Intersection<InstanceType<P[number]>>> {
  class CombinedService extends Service {
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
  return CombinedService as unknown as ServiceClass<Intersection<InstanceType<P[number]>>>
}
