/** Which shipping options a location can offer, and what must stay because options need it. */
import { Problem } from '../../../framework/problem.ts'
import type { ShippingOption } from '../models.ts'

/** A zone with the providers of the location that its set is of. */
export interface ZoneFacts {
  id: string
  fulfillment_set: { location: { fulfillment_providers: { id: string; is_enabled: boolean }[] } | null } | null
}

export interface OfferFacts {
  /** By shipping option where it is there already, else by zone. */
  zones: Map<string, ZoneFacts>
  profiles: string[]
  types: string[]
}

/** `zone` is its key in the facts; a type that it brings need not be there yet. */
type Offer = { zone: string; isNew: boolean; type?: unknown } & Partial<
  Pick<ShippingOption, 'provider_id' | 'shipping_profile_id' | 'shipping_option_type_id'>
>

/** @throws Problem `not_found` where something that an option refers to is not there, `not_allowed` where its location has not its provider. */
export function checkOffers({ zones, profiles, types }: OfferFacts, offers: readonly Offer[]): void {
  for (const { zone: key, isNew, type, provider_id, shipping_profile_id, shipping_option_type_id } of offers) {
    const zone = zones.get(key)
    if (!zone && isNew) throw noSuch('service_zone_id', key)
    if (!zone) throw new Problem('not_found', `Shipping Option with id: ${key} was not found`)
    if (shipping_profile_id && !profiles.includes(shipping_profile_id))
      throw noSuch('shipping_profile_id', shipping_profile_id)
    if (!type && shipping_option_type_id && !types.includes(shipping_option_type_id))
      throw noSuch('type_id', shipping_option_type_id)
    if (provider_id) checkProvider(zone, provider_id)
  }
}

function checkProvider({ id: zone, fulfillment_set }: ZoneFacts, id: string): void {
  const providers = fulfillment_set?.location?.fulfillment_providers ?? []
  if (providers.some((provider) => provider.id === id && provider.is_enabled)) return
  throw new Problem('not_allowed', `Fulfillment provider ${id} is not enabled at the location of service zone ${zone}`)
}

function noSuch(key: string, id: string): Problem {
  return new Problem('not_found', `You tried to set relationship ${key}: ${id}, but such entity does not exist`)
}

/** @throws Problem `not_allowed` where one of these is still used. */
export function checkUnused(things: string, used: ReadonlySet<string>, by: string): void {
  if (used.size === 0) return
  throw new Problem('not_allowed', `${things} cannot be deleted while ${by} use them: ${[...used].join(', ')}`)
}
