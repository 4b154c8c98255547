/** `defineModule`: the door of a module. */

import type { Tally } from '../tally/define-tally.ts'
import type { OutsideEntity } from './outside.ts'
import type { AnyService, Models, ServiceContext } from './service.ts'

export interface ModuleDefinition<S extends AnyService = AnyService, O = unknown> {
  /** Also the name of its schema in Postgres. */
  name: string
  models: Models
  /** By name: what it knows about that is not in our database. */
  outside: Record<string, OutsideEntity<O>>
  service: new (context: ServiceContext<never>) => S
  /** SQL by name, run once each in the order of their names, in the module's schema. Never edited again. */
  migrations: Record<string, string>
  /** Whether its migrations are independent of each other, so that one may come before those that were run. */
  unordered?: boolean
  /** What is counted as it is written, of rows of whatever module. */
  tallies?: readonly Tally[]
  /** How this project wants the module: a provider, an address. */
  options?: O
}

export interface Module<S extends AnyService = AnyService, O = unknown> extends ModuleDefinition<S, O> {
  /** The same module with other options. */
  with(options: O): Module<S, O>
}

/** A module of whatever service and options. */
export type AnyModule = Omit<ModuleDefinition, 'options' | 'outside'> & { options?: unknown }

/** The services of modules, by the names that these are given. */
export type ServicesOf<M extends Record<string, AnyModule>> = { readonly [K in keyof M]: InstanceType<M[K]['service']> }

/**
 * Declares a module.
 *
 * @example export const brand = defineModule({ name: 'brand', models: { brand: Brand }, service: BrandService, migrations })
 */
export function defineModule<S extends AnyService, O = unknown>(
  definition: Partial<Pick<ModuleDefinition, 'models' | 'migrations'>> &
    Partial<Pick<ModuleDefinition<S, O>, 'outside'>> &
    Omit<ModuleDefinition<S, O>, 'models' | 'migrations' | 'outside'>,
): Module<S, O> {
  if (!/^[a-z][a-z0-9_]*$/.test(definition.name)) throw new Error(`'${definition.name}' cannot name a module's schema`)
  const module = { models: {}, outside: {}, migrations: {}, ...definition }
  return { ...module, with: (options) => defineModule({ ...module, options }) }
}
