/** Checks of shipping options, and of profiles and types that options use. */
import { brokenReference, nothingToUpdate, Problem } from '../../../framework/problem.ts'
import type { NewShippingOption, ShippingOptionChange } from '../service.ts'

/** A zone, with the providers of the location that its set belongs to. */
interface ZoneFacts {
  id: string
  fulfillment_set: { location: { fulfillment_providers: { id: string; is_enabled: boolean }[] } | null } | null
}

/** The rows that options refer to. */
export interface ShippingOptionFacts {
  /** By the id of the zone for new options, by the id of the option for existing ones. */
  zones: ReadonlyMap<string, ZoneFacts | null>
  profiles: string[]
  types: string[]
}

/** @throws Problem `not_found` if a zone, profile or type does not exist, `not_allowed` if the location does not have the provider. */
export function newShippingOptions(facts: ShippingOptionFacts, options: NewShippingOption[]): NewShippingOption[] {
  for (const option of options) {
    const zone = facts.zones.get(option.service_zone_id)
    if (!zone) throw brokenReference('service_zone_id', option.service_zone_id)
    checkOption(facts, zone, option)
  }
  return options
}

/** @throws Problem like `newShippingOptions`, and `not_found` if an option does not exist. */
export function changedShippingOptions(
  facts: ShippingOptionFacts,
  options: ShippingOptionChange[],
): ShippingOptionChange[] {
  for (const option of options) {
    const zone = facts.zones.get(option.id)
    if (!zone) throw nothingToUpdate('Shipping Option', option.id)
    checkOption(facts, zone, option)
  }
  return options
}

/** Checks the references that are given. A new type of its own does not exist yet. */
function checkOption(
  { profiles, types }: ShippingOptionFacts,
  { id: zone, fulfillment_set }: ZoneFacts,
  { type, provider_id, shipping_profile_id, shipping_option_type_id }: Omit<ShippingOptionChange, 'id'>,
): void {
  if (shipping_profile_id && !profiles.includes(shipping_profile_id)) {
    throw brokenReference('shipping_profile_id', shipping_profile_id)
  }
  if (!type && shipping_option_type_id && !types.includes(shipping_option_type_id)) {
    throw brokenReference('type_id', shipping_option_type_id)
  }
  const providers = fulfillment_set?.location?.fulfillment_providers ?? []
  if (!provider_id || providers.some(({ id, is_enabled }) => id === provider_id && is_enabled)) return
  throw new Problem(
    'not_allowed',
    `Fulfillment provider ${provider_id} is not enabled at the location of service zone ${zone}`,
  )
}

/** @throws Problem `not_allowed` if a profile is used. */
export function unusedProfiles(used: readonly string[], ids: string[]): string[] {
  return unused('Shipping profiles', 'shipping options or products', used, ids)
}

/** @throws Problem `not_allowed` if a type is used. */
export function unusedTypes(used: readonly string[], ids: string[]): string[] {
  return unused('Shipping option types', 'shipping options', used, ids)
}

function unused(things: string, users: string, used: readonly string[], ids: string[]): string[] {
  if (used.length === 0) return ids
  throw new Problem('not_allowed', `${things} cannot be deleted while ${users} use them: ${used.join(', ')}`)
}
