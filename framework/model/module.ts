/** `defineModule`: declares a module. */

import type { Tally } from '../tally/define-tally.ts'
import type { OutsideEntity } from './outside.ts'
import type { AnyService, Models, ServiceContext } from './service.ts'

type AnyOutside<O> = Record<string, OutsideEntity<O>>

/** Name, models and outside entities are part of the type, so that the compiler checks shapes (`shape.ts`). */
export interface ModuleDefinition<
  S extends AnyService = AnyService,
  O = unknown,
  N extends string = string,
  M extends Models = Models,
  X extends AnyOutside<O> = AnyOutside<O>,
> {
  /** Also the name of its schema in Postgres. */
  name: N
  models: M
  /** Entities that are not in our database, by name. */
  outside: X
  service: new (context: ServiceContext<never>) => S
  /** SQL by name, run once each in the order of their names, in the module's schema. Never edit one that has been released. */
  migrations: Record<string, string>
  /** Whether migrations are independent of each other, so that a new one may sort before those already run; default: false */
  unordered?: boolean
  /** Counts that are kept up to date with every write, of rows of any module. */
  tallies?: readonly Tally[]
  /** The project's options for this module, such as a provider or an address. */
  options?: O
}

export interface Module<
  S extends AnyService = AnyService,
  O = unknown,
  N extends string = string,
  M extends Models = Models,
  X extends AnyOutside<O> = AnyOutside<O>,
> extends ModuleDefinition<S, O, N, M, X> {
  /** The same module with other options. */
  with(options: O): Module<S, O, N, M, X>
}

/** A module of any service and options. */
export type AnyModule = Omit<ModuleDefinition, 'options' | 'outside'> & { options?: unknown }

/** The services of modules, by the same names. */
export type ServicesOf<M extends Record<string, AnyModule>> = { readonly [K in keyof M]: InstanceType<M[K]['service']> }

/**
 * Declares a module.
 *
 * @example export const brand = defineModule({ name: 'brand', models: { brand: Brand }, service: BrandService, migrations })
 */
export function defineModule<
  S extends AnyService,
  O = unknown,
  const N extends string = string,
  M extends Models = Models,
  X extends AnyOutside<O> = AnyOutside<O>,
>(
  definition: Partial<Pick<ModuleDefinition<S, O, N, M, X>, 'models' | 'migrations' | 'outside'>> &
    Omit<ModuleDefinition<S, O, N, M, X>, 'models' | 'migrations' | 'outside'>,
): Module<S, O, N, M, X> {
  if (!/^[a-z][a-z0-9_]*$/.test(definition.name)) throw new Error(`'${definition.name}' cannot name a module's schema`)
  const module = { models: {} as M, outside: {} as X, migrations: {}, ...definition }
  return { ...module, with: (options) => defineModule({ ...module, options }) }
}
