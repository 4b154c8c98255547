import { sql } from 'kysely'
import { idsOf } from '../../framework/ids-of.ts'
import type { Change, New } from '../../framework/model/model.ts'
import { notFound } from '../../framework/model/refusals.ts'
import { Service } from '../../framework/model/service.ts'
import { Problem } from '../../framework/problem.ts'
import type { models } from './models.ts'
import {
  type FulfillmentProvider,
  FulfillmentSet,
  type GeoZone,
  type ServiceZone,
  ShippingOption,
  type ShippingOptionRule,
  type ShippingOptionType,
  type ShippingProfile,
} from './models.ts'
import { type FulfillmentOptions, providerId, providerOf } from './provider.ts'
import { zonesOfSet } from './rules/service-zones.ts'

export type NewServiceZone = New<typeof ServiceZone> & { geo_zones: Omit<New<typeof GeoZone>, 'service_zone_id'>[] }
/** Geo zones that are given replace those of the zone; existing ones keep their ids. */
export type ServiceZoneChange = Omit<Change<typeof ServiceZone>, 'fulfillment_set_id'> &
  Pick<ServiceZone, 'fulfillment_set_id'> &
  Partial<Pick<NewServiceZone, 'geo_zones'>>

type OptionParts = {
  /** A new type. */
  type?: New<typeof ShippingOptionType> | undefined
  rules?: NewShippingOptionRule[] | undefined
}
export type NewShippingOptionRule = Omit<New<typeof ShippingOptionRule>, 'shipping_option_id'>
export type NewShippingOption = New<typeof ShippingOption> & OptionParts
/** Rules that are given replace those of the option; existing ones keep their ids. */
export type ShippingOptionChange = Change<typeof ShippingOption> & OptionParts

export interface ShippingOptionRuleChanges {
  shipping_option_id: string
  create: NewShippingOptionRule[]
  update: Change<typeof ShippingOptionRule>[]
  delete: string[]
}

export class FulfillmentService extends Service<typeof models, FulfillmentOptions> {
  /**
   * Creates a row for each configured provider, disables the others, and creates a default profile unless there has ever been one.
   * Safe to repeat and to run twice at once.
   */
  setUpFulfillment = async (profile: New<typeof ShippingProfile>): Promise<void> => {
    const ids = (this.options?.providers ?? []).map(providerId).sort()
    await this.rows.fulfillment_provider.createMissing(
      ids.map((id) => ({ id })),
      ['id'],
    )
    const { rows } = await sql<FulfillmentProvider>`
      select id from ${this.table('fulfillment_provider')}
      where is_enabled <> (id = any(${ids})) and deleted_at is null order by id for update`.execute(this.db)
    await this.rows.fulfillment_provider.update(rows.map(({ id }) => ({ id, is_enabled: ids.includes(id) })))
    const { rows: profiles } = await sql`
      select from ${this.table('shipping_profile')} where type = ${profile.type} limit 1`.execute(this.db)
    if (profiles.length === 0) await this.rows.shipping_profile.createMissing([profile], ['name'])
  }

  createShippingProfiles = (profiles: New<typeof ShippingProfile>[]) => this.rows.shipping_profile.create(profiles)
  updateShippingProfiles = (profiles: Change<typeof ShippingProfile>[]) => this.rows.shipping_profile.update(profiles)
  deleteShippingProfiles = (ids: string[]) => this.rows.shipping_profile.softDelete(ids)

  createShippingOptionTypes = (types: New<typeof ShippingOptionType>[]) => this.rows.shipping_option_type.create(types)
  updateShippingOptionTypes = (types: Change<typeof ShippingOptionType>[]) =>
    this.rows.shipping_option_type.update(types)
  deleteShippingOptionTypes = (ids: string[]) => this.rows.shipping_option_type.softDelete(ids)

  createFulfillmentSets = (sets: New<typeof FulfillmentSet>[]) => this.rows.fulfillment_set.create(sets)

  deleteFulfillmentSets = (ids: string[]) => this.rows.fulfillment_set.softDelete(ids)

  createServiceZones = async (zones: NewServiceZone[]): Promise<ServiceZone[]> => {
    const sets = zones.map(({ fulfillment_set_id }) => fulfillment_set_id)
    const existing = await this.#lock('fulfillment_set', 'id', sets)
    const missing = sets.find((id) => !existing.includes(id))
    if (missing) throw notFound(FulfillmentSet, missing)
    const created = await this.rows.service_zone.create(zones.map(({ geo_zones, ...zone }) => zone))
    await this.rows.geo_zone.create(zones.flatMap(geoZonesOf), { returning: false })
    return created
  }

  updateServiceZones = async (zones: ServiceZoneChange[]): Promise<ServiceZone[]> => {
    for (const { id, fulfillment_set_id } of zones) await this.#lockZones([id], fulfillment_set_id)
    const updated = await this.rows.service_zone.update(zones.map(({ geo_zones, ...zone }) => zone))
    const withGeoZones = zones.flatMap(({ id, geo_zones }) => (geo_zones ? { id, geo_zones } : []))
    const stored = await this.#lock('geo_zone', 'service_zone_id', idsOf(withGeoZones))
    await replaceRows(this.rows.geo_zone, stored, withGeoZones.flatMap(geoZonesOf))
    return updated
  }

  deleteServiceZones = (ids: string[]) => this.rows.service_zone.softDelete(ids)

  createShippingOptions = async (options: NewShippingOption[]): Promise<ShippingOption[]> => {
    for (const option of options) this.#checkPriceType(option)
    await this.rows.shipping_option_type.create(
      options.flatMap(({ type }) => type ?? []),
      { returning: false },
    )
    const created = await this.rows.shipping_option.create(options.map(({ type, rules, ...option }) => option))
    await this.rows.shipping_option_rule.create(options.flatMap(rulesOf), { returning: false })
    return created
  }

  updateShippingOptions = async (options: ShippingOptionChange[]): Promise<ShippingOption[]> => {
    await this.rows.shipping_option_type.create(
      options.flatMap(({ type }) => type ?? []),
      { returning: false },
    )
    const updated = await this.rows.shipping_option.update(options.map(({ type, rules, ...option }) => option))
    for (const [i, { price_type, provider_id }] of options.entries())
      if (price_type || provider_id) this.#checkPriceType(updated[i]!)
    const withRules = options.filter(({ rules }) => rules)
    const stored = await this.#lock('shipping_option_rule', 'shipping_option_id', idsOf(withRules))
    await replaceRows(this.rows.shipping_option_rule, stored, withRules.flatMap(rulesOf))
    return updated
  }

  deleteShippingOptions = (ids: string[]) => this.rows.shipping_option.softDelete(ids)

  changeShippingOptionRules = async (changes: ShippingOptionRuleChanges): Promise<void> => {
    const { shipping_option_id, create, update } = changes
    const [option] = await this.#lock('shipping_option', 'id', [shipping_option_id])
    if (!option) throw notFound(ShippingOption, shipping_option_id)
    const stored = await this.#lock('shipping_option_rule', 'shipping_option_id', [shipping_option_id])
    const foreign = [...idsOf(update), ...changes.delete].find((id) => !stored.includes(id))
    if (foreign) throw new Problem('not_found', `Shipping option ${shipping_option_id} has no rule with id: ${foreign}`)
    await this.rows.shipping_option_rule.create(
      create.map((rule) => ({ ...rule, shipping_option_id })),
      { returning: false },
    )
    await this.rows.shipping_option_rule.update(update)
    await this.rows.shipping_option_rule.softDelete(changes.delete)
  }

  #checkPriceType({ price_type, provider_id }: Pick<New<typeof ShippingOption>, 'price_type' | 'provider_id'>): void {
    if (price_type !== 'calculated' || providerOf(this.options, provider_id ?? '')?.calculatesPrices) return
    throw new Problem('not_allowed', `Fulfillment provider ${provider_id} does not calculate prices`)
  }

  async #lockZones(zones: string[], fulfillment_set_id: string): Promise<void> {
    zonesOfSet(await this.#lock('service_zone', 'fulfillment_set_id', [fulfillment_set_id]), zones)
  }

  /** Locks rows until the step ends. @returns their ids. */
  async #lock(table: (typeof models)[keyof typeof models]['table'], by: string, values: string[]): Promise<string[]> {
    if (values.length === 0) return []
    const { rows } = await sql<{ id: string }>`
      select id from ${this.table(table)} where ${sql.id(by)} = any(${values}) and deleted_at is null
      order by id for update`.execute(this.db)
    return idsOf(rows)
  }
}

const geoZonesOf = ({ id, geo_zones }: Pick<NewServiceZone, 'id' | 'geo_zones'>) =>
  geo_zones.map((zone) => ({ ...zone, service_zone_id: id }))

const rulesOf = ({ id, rules = [] }: { id: string } & OptionParts) =>
  rules.map((rule) => ({ ...rule, shipping_option_id: id }))

/** Updates existing rows, creates missing ones, and deletes the others. */
async function replaceRows<W extends { id: string }>(rows: Rows<W>, stored: string[], wanted: W[]): Promise<void> {
  const kept = wanted.filter(({ id }) => stored.includes(id))
  await rows.softDelete(stored.filter((id) => !kept.some((row) => row.id === id)))
  await rows.update(kept)
  await rows.create(wanted.filter((row) => !kept.includes(row)))
}

interface Rows<W> {
  softDelete(ids: string[]): Promise<unknown>
  update(rows: W[]): Promise<unknown>
  create(rows: W[]): Promise<unknown>
}
